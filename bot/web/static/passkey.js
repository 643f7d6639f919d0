// Passkeys: the two dialogs of the browser, at sign-in and on the account page. Buttons are hidden where it has none.

async function post(address, body) {
  const headers = { "Content-Type": "application/json", "X-Piece": "1" };
  const answer = await fetch(address, { method: "POST", headers, body: body ? JSON.stringify(body) : null });
  if (!answer.ok) throw new Error(answer.headers.get("content-type")?.startsWith("text/plain") ? await answer.text() : "");
  return answer;
}

async function signIn() {
  const { publicKey, sealed } = await (await post("/console/login/passkey/options")).json();
  const answer = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
  await post("/console/login/passkey", { sealed, answer: answer.toJSON() });
  location.assign("/console");
}

async function add(name) {
  const { publicKey, sealed } = await (await post("/console/account/passkeys/options")).json();
  const answer = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) });
  await post("/console/account/passkeys", { sealed, name, answer: answer.toJSON() });
  location.assign("/console/account?added=1");
}

const box = document.querySelector("[data-passkey]");
if (box && globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON) {
  box.hidden = false;
  const said = box.querySelector("[role=alert]");
  box.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = event.submitter ?? box.querySelector("button");
    const name = box.querySelector("[name=name]")?.value ?? "";
    said.hidden = true;
    button.disabled = true;
    try {
      await (box.dataset.passkey === "add" ? add(name) : signIn());
    } catch (error) {
      // Whoever closes the dialog knows it; everything else is said.
      said.textContent = error.name === "NotAllowedError" ? box.dataset.stopped : error.message || box.dataset.failed;
      if (error.name === "InvalidStateError") said.textContent = box.dataset.known;
      said.hidden = false;
    } finally { button.disabled = false; }
  });
}
