"""Account: a sign-in. It may act for several persons, and hold roles at several authorities."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from yui.base.privacy import Declaration, declare
from yui.base.tenancy.models import random_id


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts with a normalised, unique address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Account":
        """Make an account. Without a password it signs in by a mailed code only."""
        account = self.model(email=email.strip().lower(), **fields)
        account.set_password(password) if password else account.set_unusable_password()
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A sign-in (decision 3). The e-mail address is unique over the whole installation."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=100, blank=True)
    public_id = models.CharField(max_length=16, unique=True, default=random_id, editable=False)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    is_staff = False  # there is no framework administration site

    objects = AccountManager()

    declaration: ClassVar[Declaration] = declare(
        purpose="ログインの確認",
        retention="利用終了または消去の申し出まで",
        c2="id public_id is_active created_at last_login",
        c3c="email name",
        c3b="password",
    )

    def __str__(self) -> str:
        return f"account:{self.public_id}"

    def get_full_name(self) -> str:
        """The name shown to colleagues."""
        return self.name
