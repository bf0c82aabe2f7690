"""Contact data as it is read out."""

import phonenumbers

from yui.people.models import Contact


def readable(contact: Contact) -> str:
    """A number with its hyphens, as it is read out; anything else as it is."""
    if contact.kind == Contact.Kind.MAIL:
        return contact.value
    try:
        number = phonenumbers.parse(contact.value, "JP")
    except phonenumbers.NumberParseException:
        return contact.value
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
