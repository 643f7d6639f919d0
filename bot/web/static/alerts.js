// Calls staff when an owner begins to wait for a person: a sound, and a notification while the page is not in view.
// Both only for whoever asked for it in this browser. The sound is made here, so nothing is loaded.

const toggle = document.querySelector("[data-alerts]");
const NAME = "alerts";
const isOn = () => localStorage.getItem(NAME) === "on";
const rail = () => document.querySelector(".rail[data-needs]")?.dataset;
let sound = null;
let known = { ...rail() };

function beep() {
  sound ??= new AudioContext();
  sound.resume();
  for (const [after, pitch] of [[0, 660], [0.16, 880]]) {
    const tone = sound.createOscillator();
    const volume = sound.createGain();
    const at = sound.currentTime + after;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.0001, at);
    volume.gain.exponentialRampToValueAtTime(0.15, at + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.15);
    tone.connect(volume).connect(sound.destination);
    tone.start(at);
    tone.stop(at + 0.16);
  }
}

// Of several pages of one browser only the first to notice makes itself heard.
function isFirst(called) {
  if (localStorage.getItem("alerted") === called) return false;
  localStorage.setItem("alerted", called);
  return true;
}

function call(now) {
  if (!isFirst(`${now.needs} ${now.called}`)) return;
  beep();
  if (!document.hidden || typeof Notification === "undefined" || Notification.permission !== "granted") return;
  const shown = new Notification(toggle.dataset.title, { body: document.title, tag: "needs", renotify: true });
  shown.addEventListener("click", () => { window.focus(); location.assign("/console"); });
}

document.addEventListener("inbox", () => {
  const now = { ...rail() };
  const more = Number(now.needs) > Number(known.needs ?? 0);
  const later = (now.called ?? "") > (known.called ?? "");
  known = now;
  if (isOn() && (more || later)) call(now);
});

function show() {
  toggle?.setAttribute("aria-pressed", String(isOn()));
}

toggle?.addEventListener("click", async () => {
  localStorage.setItem(NAME, isOn() ? "off" : "on");
  show();
  if (!isOn()) return;
  beep();
  const answer = typeof Notification === "undefined" ? "denied" : await Notification.requestPermission();
  document.dispatchEvent(new CustomEvent("told", { detail: toggle.dataset[answer === "granted" ? "on" : "denied"] }));
});
show();
