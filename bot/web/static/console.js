// The console works without this file: links and forms. With it, pages keep themselves up to date, forms do not
// leave the page, and everything can be done from the keyboard. Pieces of pages come from our own server as HTML.

const panes = document.querySelector("[data-conversation]");
const base = panes?.dataset.conversation ?? "";
const text = document.getElementById("text");
const log = document.getElementById("log");
const lines = document.getElementById("lines");
const draftName = `draft ${base}`;

// Times in the reader's own zone.

function localTimes(root) {
  const zone = Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  const full = Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  const today = new Date().toDateString();
  for (const each of root.querySelectorAll("[data-zone]")) each.textContent = zone.resolvedOptions().timeZone;
  for (const time of root.querySelectorAll("time[datetime]")) {
    const at = new Date(time.dateTime);
    const short = "full" in time.dataset || at.toDateString() !== today ? full : zone;
    time.textContent = short.format(at);
    time.title = full.format(at);
  }
}

// Pieces of the page.

function toast(said) {
  const box = document.getElementById("toast");
  box.textContent = said;
  box.hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { box.hidden = true; }, 7000);
}

document.addEventListener("told", (event) => toast(event.detail));

async function piece(address) {
  const answer = await fetch(address, { headers: { "X-Piece": "1" } });
  if (answer.status === 401) location.assign("/console/login?over=1");
  if (!answer.ok) throw new Error(String(answer.status));
  return answer;
}

function parsed(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

// What the keyboard is on keeps it when the piece around it is replaced.
const known = (each) => [each.tagName, each.id, each.name, each.value, each.form?.getAttribute("action"), each.textContent.trim()].join();
function refocused(old, fresh) {
  const held = document.activeElement;
  if (!old.contains(held)) return null;
  return [...fresh.querySelectorAll(held.tagName)].find((each) => known(each) === known(held)) ?? null;
}

// What somebody has ticked, chosen or begun to write in a piece stays when it is replaced.
const FIELDS = "input:not([type=hidden]), select, textarea";
function refilled(old, fresh) {
  const name = (each) => [each.form?.getAttribute("action"), each.name, each.type].join();
  const fields = new Map([...fresh.querySelectorAll(FIELDS)].map((each) => [name(each), each]));
  for (const each of old.querySelectorAll(FIELDS)) {
    const same = fields.get(name(each));
    if (!same) continue;
    if (each.type === "checkbox") same.checked = each.checked;
    else if (each.type !== "select-one" || same.querySelector(`option[value="${CSS.escape(each.value)}"]`)) same.value = each.value;
  }
}

function swap(old, fresh) {
  const open = new Map([...old.querySelectorAll("details[data-key]")].map((each) => [each.dataset.key, each.open]));
  for (const each of fresh.querySelectorAll("details[data-key]")) {
    if (open.has(each.dataset.key)) each.open = open.get(each.dataset.key);
  }
  refilled(old, fresh);
  const held = refocused(old, fresh);
  localTimes(fresh);
  old.replaceWith(fresh);
  held?.focus({ preventScroll: true });
}

// A press that has begun ends on what it began on: were a button replaced meanwhile, its click would be lost.
let released = Promise.resolve();
addEventListener("pointerdown", () => {
  released = new Promise((done) => {
    for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => setTimeout(done), { once: true });
    setTimeout(done, 2000);
  });
}, true);

const busy = (root) => root.contains(document.activeElement) && document.activeElement.matches("input, select, textarea");

async function freshInbox() {
  const inbox = document.getElementById("inbox");
  if (!inbox) return;
  const scrolled = inbox.scrollTop;
  const focused = document.activeElement?.closest("#inbox a")?.getAttribute("href");
  const content = parsed(await (await piece(inbox.dataset.piece)).text());
  await released;
  localTimes(content);
  inbox.replaceChildren(content);
  countInTitle();
  document.dispatchEvent(new Event("inbox")); // for whoever calls staff, see alerts.js
  inbox.scrollTop = scrolled;
  if (focused) inbox.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
}

// How many wait for a person stands in the title, where it is seen from another tab.
function countInTitle() {
  const needs = Number(document.querySelector(".rail[data-needs]")?.dataset.needs ?? 0);
  document.title = (needs ? `(${needs}) ` : "") + document.title.replace(/^\([0-9]+\) /, "");
}

async function freshLines() {
  if (!lines) return;
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  const waiting = lines.querySelector(".state.waiting, .state.sending")?.closest("[data-seq]");
  const newest = Number(lines.lastElementChild?.dataset.seq ?? 0);
  const after = waiting ? Number(waiting.dataset.seq) - 1 : freshLines.last ?? newest;
  const answer = await piece(`${base}/lines?after=${after}`);
  freshLines.last = Math.max(freshLines.last ?? 0, Number(answer.headers.get("X-Edge")));
  const content = parsed(await answer.text());
  await released;
  localTimes(content);
  for (const line of [...content.children]) {
    const old = document.getElementById(line.id);
    if (old?.querySelector(".mark[open]")) continue;
    if (old) old.replaceWith(line);
    else { line.classList.add("fresh"); lines.append(line); }
  }
  if (atEnd) log.scrollTop = log.scrollHeight;
}

async function freshHead() {
  const banner = document.getElementById("banner");
  if (!banner) return;
  const content = parsed(await (await piece(`${base}/head`)).text());
  await released;
  for (const id of ["banner", "panel"]) {
    const old = document.getElementById(id);
    const fresh = content.getElementById(id);
    if (old && fresh && !busy(old)) swap(old, fresh);
  }
  document.getElementById("mode-hint")?.toggleAttribute("hidden", !document.querySelector('[data-hot="t"]'));
}

// One refresh at a time; what is asked for meanwhile is done once more afterwards.
function once(run, pause) {
  let going = false;
  let again = false;
  const go = async () => {
    if (going) { again = true; return; }
    going = true;
    try { await run(); } catch { /* the next event tries again */ }
    await new Promise((done) => { setTimeout(done, pause); });
    going = false;
    if (again) { again = false; go(); }
  };
  return go;
}
const refreshThread = once(async () => { await freshLines(); await freshHead(); }, 150);
const refreshInbox = once(freshInbox, 700);
const refresh = () => { refreshThread(); refreshInbox(); };

if (document.body.classList.contains("desk")) {
  const stream = new EventSource(`/console/live?conversation=${encodeURIComponent(panes?.dataset.id ?? "")}`);
  stream.addEventListener("change", refresh);
  stream.addEventListener("here", (event) => {
    const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
    document.getElementById("here").textContent = JSON.parse(event.data);
    if (atEnd) log.scrollTop = log.scrollHeight;
  });
  stream.addEventListener("open", () => { document.documentElement.dataset.live = "1"; refresh(); });
  stream.addEventListener("error", () => { delete document.documentElement.dataset.live; });
  setInterval(refreshInbox, 30000);
  addEventListener("pagehide", () => {
    stream.close();
    if (base) navigator.sendBeacon(`${base}/left`);
  });
}

// Forms.

let nextKey = 0;
function newKey(form) {
  const key = form.elements.namedItem("key");
  if (key) key.value = `${key.value.slice(0, 40)}.${nextKey += 1}`;
}

// A time that was picked is one of the reader's own zone.
function instants(form) {
  for (const each of form.querySelectorAll("[data-instant]")) {
    const at = new Date(form.elements.namedItem(each.dataset.instant).value);
    each.value = Number.isNaN(at.getTime()) ? "" : at.toISOString();
  }
}

async function submit(form, button) {
  instants(form);
  const body = new URLSearchParams(new FormData(form, button));
  let answer;
  try { answer = await fetch(form.action, { method: "POST", body, headers: { "X-Piece": "1" } }); } catch {
    toast(document.body.dataset.offline); // the key of the form is kept: what did arrive does not count twice
    return false;
  }
  if (answer.status === 401) location.assign("/console/login?over=1");
  if (!answer.ok) {
    toast(await answer.text());
    newKey(form);
    refresh();
    return false;
  }
  newKey(form);
  return answer;
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const live = form.matches("[data-live]");
  if (form.matches("[data-proposal]")) { event.preventDefault(); await propose(form, form.dataset.proposal); return; }
  if (!live && !form.matches("[data-reveal]")) return;
  event.preventDefault();
  const button = event.submitter;
  if (form.matches("[data-compose]")) { await compose(form, button); return; }
  const going = submit(form, button); // before the button is disabled: what it says would not be sent
  if (button) button.disabled = true;
  try {
    const answer = await going;
    if (answer && !live) form.parentElement.querySelector(".value").textContent = await answer.text();
    else if (answer) {
      for (const each of form.querySelectorAll("input:not([type=hidden])")) each.value = "";
      form.closest("details.mark, details.more")?.removeAttribute("open");
      document.activeElement?.blur();
    }
  } finally { if (button) button.disabled = false; }
  if (live) refresh();
});

// What a language model proposes stands beside what it is about; nothing of it is sent by itself.

async function propose(form, into) {
  const box = document.getElementById(into);
  const button = form.querySelector("button");
  button.disabled = true;
  box.setAttribute("aria-busy", "true");
  try {
    const answer = await submit(form, button);
    if (answer) box.replaceChildren(parsed(await answer.text()));
  } finally {
    button.disabled = false;
    box.removeAttribute("aria-busy");
  }
}

async function translate(button) {
  if (!text.value.trim()) { text.focus(); return; }
  const form = document.createElement("form");
  form.action = button.dataset.translate;
  for (const [name, value] of [["text", text.value], ["to", button.dataset.to]]) {
    const input = document.createElement("input");
    [input.name, input.value] = [name, value];
    form.append(input);
  }
  form.append(document.createElement("button"));
  await propose(form, "translated");
}

// Writing.

const noteButton = document.querySelector(".note-button");
function noting(on) {
  if (!noteButton) return;
  noteButton.setAttribute("aria-pressed", String(on));
  noteButton.closest(".compose").classList.toggle("noting", on);
  text.placeholder = on ? text.dataset.note : text.dataset.reply;
}
const isNoting = () => noteButton?.getAttribute("aria-pressed") === "true";

async function compose(form, button) {
  const note = button?.value === "note";
  if (note && !text.value.trim()) { noting(!isNoting()); text.focus(); return; }
  if (!text.value.trim()) { text.focus(); return; }
  const sent = text.value;
  const as = note || isNoting() ? noteButton : form.querySelector('[value="reply"]');
  if (await submit(form, as)) {
    if (text.value === sent) text.value = "";
    sessionStorage.removeItem(draftName);
    if (!(note || isNoting())) form.elements.namedItem("then").value = "";
    noting(false);
    toEnd();
  }
  if (button) text.focus();
  refresh();
}

if (text) {
  text.value ||= sessionStorage.getItem(draftName) ?? "";
  text.addEventListener("input", () => {
    sessionStorage.setItem(draftName, text.value);
    if (Date.now() - (text.told ?? 0) < 3000) return;
    text.told = Date.now();
    fetch(`${base}/typing`, { method: "POST", headers: { "X-Piece": "1" } }).catch(() => {});
  });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); compose(text.form, null); }
    if (event.key === "Escape") text.blur();
  });
}

document.addEventListener("click", async (event) => {
  const insert = event.target.closest("[data-insert]");
  if (insert && text) {
    // A translation takes the place of what was translated; everything else goes where the cursor is.
    const whole = insert.closest("#translated") !== null;
    const [start, end] = whole ? [0, text.value.length] : [text.selectionStart, text.selectionEnd];
    text.setRangeText(insert.dataset.insert, start, end, "end");
    text.dispatchEvent(new Event("input"));
    if (insert.dataset.next) document.getElementById("then").value = insert.dataset.next;
    text.focus();
  }
  if (event.target.closest("[data-keys]")) document.getElementById("keys").showModal();
  if (insert?.closest("#translated")) document.getElementById("translated").replaceChildren();
  const translating = event.target.closest("[data-translate]");
  if (translating) translate(translating);
  const older = event.target.closest("[data-older]");
  if (older) {
    const height = log.scrollHeight;
    const answer = await piece(`${base}/lines?before=${older.dataset.older}`);
    const content = parsed(await answer.text());
    localTimes(content);
    lines.prepend(content);
    log.scrollTop += log.scrollHeight - height;
    older.dataset.older = answer.headers.get("X-Edge");
    if (older.dataset.older === "0") older.parentElement.remove();
  }
});

const knowledge = document.getElementById("knowledge");
if (knowledge) {
  const search = once(async () => {
    const answer = await piece(`${knowledge.dataset.knowledge}?q=${encodeURIComponent(knowledge.value)}`);
    document.getElementById("found").replaceChildren(parsed(await answer.text()));
  }, 250);
  knowledge.addEventListener("input", search);
}

// The keyboard.

function step(by) {
  const items = [...document.querySelectorAll("#inbox a.item")];
  const here = items.findIndex((each) => each === document.activeElement || each.classList.contains("open"));
  const item = items[here < 0 ? 0 : Math.min(items.length - 1, Math.max(0, here + by))];
  if (item && !item.classList.contains("open")) { item.focus(); item.click(); }
}
const hot = (key) => document.querySelector(`[data-hot="${key}"]`)?.click();
const keys = {
  j: () => step(1),
  k: () => step(-1),
  "/": () => document.getElementById("find")?.focus(),
  r: () => { noting(false); text?.focus(); },
  n: () => { noting(true); text?.focus(); },
  h: () => {
    document.querySelector("details.help")?.setAttribute("open", "");
    knowledge?.focus();
  },
  l: () => {
    document.querySelector(".fold")?.setAttribute("open", "");
    document.getElementById("label")?.focus();
  },
  s: () => {
    const more = document.getElementById("more");
    more?.setAttribute("open", "");
    more?.querySelector("button")?.focus();
  },
  t: () => hot("t"),
  b: () => hot("b"),
  e: () => hot("e"),
  "?": () => document.getElementById("keys")?.showModal(),
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog[open]")) return;
  if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
});

document.documentElement.classList.add("js");
localTimes(document);
countInTitle();
function toEnd() {
  log.scrollTop = log.scrollHeight;
  if (getComputedStyle(log).overflowY === "visible") lines.lastElementChild?.scrollIntoView({ block: "center" });
}
if (log) toEnd();
if (matchMedia("(max-width: 80rem)").matches) document.querySelector(".fold")?.removeAttribute("open");
