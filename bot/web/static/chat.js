// Makes the chat live: what is sent goes without a reload, what arrives is put in its place. Without it, forms do.
(() => {
  "use strict";
  const body = document.body;
  const root = document.documentElement;
  const log = document.getElementById("log");
  const state = document.getElementById("state");
  const waiting = document.getElementById("waiting");
  const composer = document.getElementById("composer");
  const box = document.getElementById("text");
  const begin = document.getElementById("begin");
  const title = document.title;
  const DRAFT = "lendline-chat-draft";

  if (location.search.includes("started")) history.replaceState(null, "", location.pathname);
  showTimes(document);
  if (begin) {
    if (body.dataset.begins === "yes") begin.requestSubmit();
    return;
  }
  if (body.dataset.live !== "yes") return;

  // What arrives

  let cursor = body.dataset.cursor;
  let stream = null;
  let pause = 1000;

  function listen() {
    stream = new EventSource(`/chat/stream?after=${encodeURIComponent(cursor)}`);
    stream.addEventListener("open", () => { pause = 1000; });
    stream.addEventListener("message", (event) => {
      if (event.lastEventId) cursor = event.lastEventId;
      place(JSON.parse(event.data));
    });
    stream.addEventListener("error", () => {
      if (stream.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
      setTimeout(listen, pause);
      pause = Math.min(pause * 2, 60000);
    });
  }

  function place(news) {
    const holder = document.createElement("template");
    holder.innerHTML = news.html;
    const message = holder.content.firstElementChild;
    const near = isNear();
    const old = document.getElementById(message.id);
    const held = old && old.contains(document.activeElement);
    const lost = takeButtonsOff(news.slot, message.id);
    if (old) old.replaceWith(message);
    else log.append(message);
    showTimes(message);
    if (news.who !== "owner") {
      waiting.hidden = true;
      if (document.hidden) document.title = `• ${body.dataset.new} · ${title}`;
    }
    if (held || lost) message.focus({ preventScroll: true });
    if (near && !(old && old !== log.lastElementChild)) showEnd(message);
    if (news.lang !== root.dataset.lang) {
      if (box.value) sessionStorage.setItem(DRAFT, box.value);
      location.reload();
    }
  }

  // A card that another takes the place of keeps its words and loses its buttons. Tells whether one had the focus.
  function takeButtonsOff(slot, except) {
    if (!slot) return false;
    let focused = false;
    for (const card of log.querySelectorAll(".message[data-slot]")) {
      if (card.dataset.slot !== slot || card.id === except) continue;
      for (const form of card.querySelectorAll(".choices")) {
        focused = focused || form.contains(document.activeElement);
        form.remove();
      }
    }
    return focused;
  }

  // What is sent: one after another, each until it has arrived, so that nothing is lost and nothing overtakes

  const queue = [];
  let sending = false;

  function send(fields, done, failed, progress) {
    queue.push({ fields, done, failed, progress });
    work();
  }

  async function work() {
    if (sending) return;
    sending = true;
    while (queue.length) {
      const first = queue[0];
      const wait = await attempt(first);
      if (wait === null) queue.shift();
      else await new Promise((go) => { setTimeout(go, wait); addEventListener("online", go, { once: true }); });
    }
    sending = false;
  }

  // null when there is nothing more to try, else the milliseconds until the next try.
  async function attempt(one) {
    let answer;
    try {
      answer = one.fields instanceof FormData ? await upload(one.fields, one.progress) : await fetch("/chat/messages", {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams(one.fields),
      });
    } catch {
      say(body.dataset.unsent);
      return 4000;
    }
    if (answer.status === 429) {
      say(body.dataset.busy);
      return 1000 * Number(answer.headers.get("Retry-After") || 2);
    }
    if (answer.status >= 500) {
      say(body.dataset.unsent);
      return 4000;
    }
    say(answer.status === 401 ? body.dataset.gone : answer.status === 413 ? body.dataset.large : "");
    (answer.ok ? one.done : one.failed)();
    return null;
  }

  // Only the older way of sending says how far a file has come.
  function upload(form, progress) {
    return new Promise((done, failed) => {
      const request = new XMLHttpRequest();
      request.open("POST", "/chat/files");
      request.setRequestHeader("Accept", "application/json");
      request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) progress(event.loaded / event.total); });
      request.addEventListener("load", () => done({
        status: request.status,
        ok: request.status >= 200 && request.status < 300,
        headers: { get: (name) => request.getResponseHeader(name) },
      }));
      request.addEventListener("error", failed);
      request.addEventListener("timeout", failed);
      request.timeout = 300000;
      request.send(form);
    });
  }

  function say(text) {
    if (state.textContent !== text) state.textContent = text;
  }

  function newId() {
    return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  function showUnsent(id, text) {
    const message = document.createElement("article");
    message.className = "message owner unsent";
    message.id = `m-o-${id}`;
    message.tabIndex = -1;
    message.setAttribute("aria-label", body.dataset.you);
    const by = document.createElement("p");
    by.className = "by";
    by.textContent = body.dataset.you;
    const words = document.createElement("p");
    words.className = "text";
    words.textContent = text;
    const inner = document.createElement("div");
    inner.className = "body";
    inner.append(words);
    message.append(by, inner);
    log.append(message);
    waiting.hidden = false;
    showEnd(message);
    return message;
  }

  function sayText(text) {
    const id = newId();
    const message = showUnsent(id, text);
    send(
      { id, text },
      () => message.classList.remove("unsent"),
      () => { message.remove(); waiting.hidden = true; box.value = box.value || text; },
    );
  }

  // Each file goes on its own, so that one over a slow line is not sent again for the sake of another.
  function sendFiles(files) {
    for (const file of files) {
      if (file.size > Number(body.dataset.most)) {
        say(body.dataset.large);
        continue;
      }
      const id = newId();
      const message = showUnsent(id, `📎 ${file.name}`);
      const form = new FormData();
      form.append("id", id);
      form.append("file", file);
      const bar = document.createElement("progress");
      bar.max = 1;
      bar.setAttribute("aria-label", body.dataset.sending);
      message.querySelector(".body").append(bar);
      const sent = () => { bar.remove(); message.classList.remove("unsent"); };
      send(form, sent, () => { message.remove(); waiting.hidden = true; }, (share) => { bar.value = share; });
    }
  }

  function sayChoice(form, choice) {
    const buttons = form.querySelectorAll("button");
    for (const button of buttons) button.setAttribute("aria-disabled", "true");
    form.classList.add("sending");
    waiting.hidden = false;
    const free = () => {
      form.classList.remove("sending");
      for (const button of buttons) button.removeAttribute("aria-disabled");
    };
    send({ id: newId(), choice }, () => setTimeout(free, 3000), () => { free(); waiting.hidden = true; });
  }

  composer.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = box.value.trim();
    if (!text) return;
    box.value = "";
    grow();
    box.focus();
    sayText(text);
  });
  box.addEventListener("keydown", (event) => {
    // While characters are being composed, Enter chooses among them.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    composer.requestSubmit();
  });
  box.addEventListener("input", grow);
  const picker = document.getElementById("file");
  picker.addEventListener("change", () => {
    sendFiles(picker.files);
    picker.form.reset();
    box.focus();
  });
  box.addEventListener("paste", (event) => {
    if (!event.clipboardData.files.length) return;
    event.preventDefault();
    sendFiles(event.clipboardData.files);
  });
  for (const name of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(name, (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      body.classList.toggle("dropping", name === "dragover");
      if (name === "drop") sendFiles(event.dataTransfer.files);
    });
  }
  log.addEventListener("submit", (event) => {
    const choice = event.submitter && event.submitter.value;
    if (!choice) return;
    event.preventDefault();
    if (!event.target.classList.contains("sending")) sayChoice(event.target, choice);
  });
  for (const form of document.querySelectorAll(".quick")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      form.closest("details").open = false;
      box.focus();
      sayText(event.submitter.value);
    });
  }
  const menu = document.querySelector(".menu");
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) document.title = title; });

  // How it looks

  function grow() {
    box.rows = Math.min(6, box.value.split("\n").length);
  }

  function isNear() {
    return innerHeight + scrollY >= root.scrollHeight - 160;
  }

  function showEnd(message) {
    const tall = message.offsetHeight > innerHeight * 0.7;
    if (tall) message.scrollIntoView({ block: "start" });
    else scrollTo({ top: root.scrollHeight });
  }

  function showTimes(within) {
    for (const time of within.querySelectorAll("time[datetime]")) {
      const at = new Date(time.dateTime);
      const today = at.toDateString() === new Date().toDateString();
      const form = today ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" };
      time.textContent = new Intl.DateTimeFormat(root.lang, form).format(at);
    }
  }

  const draft = sessionStorage.getItem(DRAFT);
  if (draft) {
    box.value = draft;
    sessionStorage.removeItem(DRAFT);
  }
  grow();
  if (log.lastElementChild) showEnd(log.lastElementChild);
  listen();
})();
