// Asks the device for a passkey and sends its answer with the form around the button.

const own = document.querySelector("script[data-deed]");
const form = document.getElementById("passkey");
const button = form.querySelector("[data-passkey]");
const says = form.querySelector("[data-says]");

const bytes = (text) => {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
};

const text = (buffer) => {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
};

// What the server sends as text, as the bytes that the browser wants.
function options() {
  const said = JSON.parse(document.getElementById("passkey-options").textContent);
  const asked = (said.creation_options ?? said.request_options).publicKey;
  asked.challenge = bytes(asked.challenge);
  if (asked.user) asked.user.id = bytes(asked.user.id);
  for (const list of [asked.excludeCredentials, asked.allowCredentials]) {
    for (const one of list ?? []) one.id = bytes(one.id);
  }
  return { publicKey: asked };
}

function told(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = text(credential.response[part]);
  }
  return {
    type: credential.type,
    id: credential.id,
    rawId: text(credential.rawId),
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

function say(words) {
  says.textContent = words;
  says.hidden = false;
}

button.addEventListener("click", async () => {
  says.hidden = true;
  if (!window.PublicKeyCredential) {
    say(own.dataset.unable);
    return;
  }
  try {
    const credential = await navigator.credentials[own.dataset.deed](options());
    form.elements.credential.value = JSON.stringify(told(credential));
    form.requestSubmit();
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    say(error.name === "SecurityError" ? own.dataset.unable : own.dataset.failed);
  }
});
