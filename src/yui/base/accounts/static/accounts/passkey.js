// Passkeys. A form with data-passkey runs the ceremony with the browser when it is sent, puts the answer into its
// `credential` field and goes on. Without script the other ways of signing in remain.
const fromText = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function creation(options) {
  const key = options.publicKey;
  const known = (key.excludeCredentials ?? []).map((item) => ({ ...item, id: fromText(item.id) }));
  return {
    publicKey: {
      ...key,
      challenge: fromText(key.challenge),
      user: { ...key.user, id: fromText(key.user.id) },
      excludeCredentials: known,
    },
  };
}

function request(options) {
  const key = options.publicKey;
  const allowed = (key.allowCredentials ?? []).map((item) => ({ ...item, id: fromText(item.id) }));
  return { publicKey: { ...key, challenge: fromText(key.challenge), allowCredentials: allowed } };
}

function answer(credential) {
  const response = { clientDataJSON: toText(credential.response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = toText(credential.response[part]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? null,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  });
}

async function optionsOf(form) {
  if (form.dataset.options) {
    const data = JSON.parse(form.dataset.options);
    return data.request_options ?? data.creation_options ?? data;
  }
  const reply = await fetch(form.dataset.optionsUrl, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
  const data = await reply.json();
  return data.request_options ?? data;
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", async (event) => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    try {
      const options = await optionsOf(form);
      const credential =
        form.dataset.passkey === "add"
          ? await navigator.credentials.create(creation(options))
          : await navigator.credentials.get(request(options));
      form.elements.credential.value = answer(credential);
      form.requestSubmit();
    } catch (error) {
      form.dataset.failed = error.name; // the person closed the browser's window; the form stays as it was
    }
  });
}
