// Keys press what the page shows, words in forms are kept, and leases count down.

const KEPT = "sluice:";

function typing(element) {
  return element.matches("input:not([type=checkbox]), textarea, select");
}

function press(key) {
  const focus = document.querySelector(`[data-focus="${CSS.escape(key)}"]`);
  if (focus) return focus.focus(), true;
  const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (target) return target.click(), true;
  return false;
}

// The page that a key leads to takes the place of this one, where the server keeps no other way.
let going;

function move(step) {
  const rows = [...document.querySelectorAll("[data-rows] a")];
  const at = rows.findIndex((row) => (going ? row.href === going : row.hasAttribute("aria-current")));
  const next = rows[at + step];
  if (next) visit(next.href, true);
}

// What of this page the next one need not bring.
function kept() {
  return document.querySelector("#live-waiting") ? { "X-Keeps-Waiting": "1" } : {};
}

async function visit(address, isNew) {
  going = address;
  const answer = await fetch(address, { headers: kept() }).catch(() => undefined);
  const text = answer?.ok && !answer.redirected ? await answer.text().catch(() => undefined) : undefined;
  // Meanwhile another key was pressed.
  if (going !== address) return;
  going = undefined;
  if (text === undefined) return location.assign(address);
  show(text, address, isNew);
}

function show(text, address, isNew) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const main = document.querySelector("#main");
  for (const place of page.querySelectorAll("[data-keeps]")) {
    const part = document.getElementById(place.dataset.keeps);
    if (part) place.replaceWith(part);
  }
  main.replaceChildren(...page.querySelector("#main").childNodes);
  document.title = page.title;
  delete document.body.dataset.sent;
  if (isNew) history.pushState({}, "", address);
  for (const row of main.querySelectorAll("#live-waiting a")) {
    if (row.href === location.href) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
  document.querySelector("#busy")?.remove();
  scrollTo(0, 0);
  main.focus({ preventScroll: true });
  read = Date.now();
  start(main);
}

addEventListener("popstate", () => {
  if (!location.hash) visit(location.href, false);
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape" && typing(event.target)) return event.target.blur();
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key === "?") document.querySelector("#keys")?.showModal();
  else if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
  else if (!press(event.key)) return;
  event.preventDefault();
});

// A text that is there already is replaced by what was typed into it last, and says so.
function takeUp(form, fields, kept, name) {
  if (document.querySelector(".said")) return sessionStorage.removeItem(name);
  const typed = fields.filter((field) => (kept[field.name] ?? field.value) !== field.value);
  if (!typed.length) return;
  const before = new Map(typed.map((field) => [field, field.value]));
  for (const field of typed) field.value = kept[field.name];
  const note = Object.assign(document.createElement("p"), { className: "why", role: "status" });
  const back = Object.assign(document.createElement("button"), { type: "button", textContent: "Start again" });
  note.append("This is what you typed before. ", back);
  back.addEventListener("click", () => {
    for (const [field, text] of before) field.value = text;
    sessionStorage.removeItem(name);
    note.remove();
    form.dispatchEvent(new Event("input"));
  });
  form.prepend(note);
}

// A form that was not sent keeps its words, in this tab only.
function keepWords(form) {
  const name = KEPT + form.dataset.keep;
  const fields = [...form.querySelectorAll("input[name]:not([type=hidden]), textarea")];
  const words = JSON.parse(sessionStorage.getItem(name) ?? "{}");
  for (const field of fields) field.value ||= words[field.name] ?? "";
  if ("drafts" in form.dataset) takeUp(form, fields, words, name);
  form.addEventListener("input", () => {
    const words = Object.fromEntries(fields.map((field) => [field.name, field.value]));
    sessionStorage.setItem(name, JSON.stringify(words));
  });
}

// A form with a key of its own is sent until the server has it: sent again, it counts once.
function warn(form, words) {
  let warning = form.querySelector("[data-warning]");
  if (!words) return warning?.remove();
  if (!warning) {
    warning = document.createElement("p");
    warning.className = "failed";
    warning.role = "alert";
    warning.dataset.warning = "";
    form.prepend(warning);
  }
  warning.textContent = words;
}

function networkBack() {
  return new Promise((back) => {
    addEventListener("online", back, { once: true });
    setTimeout(back, 3000);
  });
}

async function post(action, body) {
  const headers = { "X-Sent-By-Script": "1", "X-Shows-Page": "1", ...kept() };
  return fetch(action, { method: "POST", body, headers, redirect: "manual" }).catch(() => undefined);
}

async function send(form, button) {
  const action = button?.getAttribute("formaction") ?? form.getAttribute("action");
  const body = new URLSearchParams(new FormData(form, button));
  form.inert = true;
  let answer;
  while (!(answer = await post(action, body)) || [502, 503, 504].includes(answer.status)) {
    warn(form, "No network. Your words are kept, and sent as soon as it is back.");
    await networkBack();
  }
  warn(form, "");
  const address = answer.headers.get("X-Goes-To");
  if (address) {
    if (form.dataset.keep) sessionStorage.removeItem(KEPT + form.dataset.keep);
    const text = answer.status === 200 ? await answer.text().catch(() => undefined) : undefined;
    if (text === undefined) return location.assign(address);
    // What this page did itself is on the next one already.
    acted = action.split("/")[2];
    return show(text, new URL(address, location).href, true);
  }
  // The server objects: the page that it answers says why.
  form.inert = false;
  form.action = action;
  const own = new FormData(form);
  for (const [name, value] of body) {
    if (own.has(name)) continue;
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  HTMLFormElement.prototype.submit.call(form);
}

function sendOnce(form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!form.inert) send(form, event.submitter);
  });
}

// Who types is at work: the lease lasts on.
let renewed = Date.now();

async function renew(event) {
  if (Date.now() - renewed < 60000) return;
  renewed = Date.now();
  const form = event.currentTarget;
  const body = new URLSearchParams({ form_key: form.elements.form_key.value });
  const answer = await post(form.dataset.renews, body);
  if (!answer?.ok) return;
  const { until } = await answer.json();
  for (const time of document.querySelectorAll("time[data-until]")) time.dateTime = until;
  count();
}

// A text is checked while it is written: the answer to the form's own check shows beside it.
for (const form of document.querySelectorAll("form[data-checks]")) {
  let waits, asked;
  const check = async () => {
    asked?.abort();
    asked = new AbortController();
    const body = new URLSearchParams(new FormData(form));
    body.set("then", "check");
    const sent = { method: "POST", body, signal: asked.signal };
    const answer = await fetch(form.getAttribute("action"), sent).catch(() => undefined);
    if (![200, 400, 503].includes(answer?.status) || answer.redirected) return;
    // Another check is reading the companies: this one comes after it.
    if (answer.status === 503) {
      clearTimeout(waits);
      waits = setTimeout(check, 1000 * (answer.headers.get("Retry-After") || 1));
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const alert of page.querySelectorAll("[role=alert]")) alert.role = "status";
    for (const part of document.querySelectorAll("[data-checked][id]")) {
      part.replaceChildren(...(page.getElementById(part.id)?.childNodes ?? []));
    }
  };
  form.addEventListener("input", () => {
    document.querySelector("#compared")?.classList.add("old");
    clearTimeout(waits);
    waits = setTimeout(check, 400);
  });
  if (!document.querySelector("#compared, #failed .failed, #understood")) check();
}

// On a narrow screen the menu is one line that scrolls: the page that is open stands in it.
const menu = document.querySelector(".menu");
const current = menu?.querySelector("[aria-current]");
if (current) menu.scrollLeft = current.offsetLeft - (menu.clientWidth - current.offsetWidth) / 2;

// What takes longer than a moment says that it is at work.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method === "dialog") return;
  const words = event.target.dataset.busy ?? "Working…";
  setTimeout(() => {
    if (document.querySelector("#busy")) return;
    const busy = Object.assign(document.createElement("p"), { id: "busy", className: "busy", textContent: words });
    busy.role = "status";
    document.body.append(busy);
    // A file that is saved leaves the page as it is.
    if ("file" in event.target.dataset) setTimeout(() => busy.remove(), 8000);
  }, 600);
});
addEventListener("pageshow", () => document.querySelector("#busy")?.remove());

// A saved page opens beside the card, at its quote.
document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[data-beside]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const answer = await fetch(link.href).catch(() => undefined);
  if (!answer?.ok) return location.assign(link.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const panel = document.querySelector("#beside");
  const close = Object.assign(document.createElement("button"), { textContent: "Close" });
  close.addEventListener("click", () => panel.close());
  panel.replaceChildren(close, ...page.querySelector("main").childNodes);
  panel.showModal();
  panel.querySelector("#quote")?.scrollIntoView({ block: "center" });
});

// What the server took is no draft any more.
function forgetDrafts() {
  if (!document.querySelector(".said")) return;
  const open = document.querySelector("form[data-keep]")?.dataset.keep;
  for (const name of Object.keys(sessionStorage)) {
    if (name.startsWith(KEPT) && name !== KEPT + open) sessionStorage.removeItem(name);
  }
}

function count() {
  for (const time of document.querySelectorAll("[data-until]")) {
    const left = Math.floor((new Date(time.dateTime) - Date.now()) / 60000);
    time.textContent = left >= 0 ? `${left + 1} min left` : "over";
    time.classList.toggle("late", left < 5);
  }
}

setInterval(count, 15000);

// Makes a page work, or the part of it that came anew.
function start(root) {
  root.querySelectorAll("form[data-keep]").forEach(keepWords);
  root.querySelectorAll("form:has(input[name=once])").forEach(sendOnce);
  root.querySelector("form[data-renews]")?.addEventListener("input", renew);
  for (const button of root.querySelectorAll("[data-opens]")) {
    button.addEventListener("click", () => document.getElementById(button.dataset.opens).showModal());
  }
  for (const button of root.querySelectorAll("[data-closes]")) {
    button.addEventListener("click", () => button.closest("dialog").close());
  }
  forgetDrafts();
  count();
}

// What others do shows without a reload: small messages, and parts of the page read again.
const live = [...document.querySelectorAll("[data-live]")].map((part) => part.dataset.live);
let stream, read = Date.now(), waits, waitsUntil, acted;

async function readAgain() {
  waits = undefined;
  // The answer to a form has no address to read: what it says stays.
  if ("sent" in document.body.dataset) return;
  read = Date.now();
  const address = location.href;
  const answer = await fetch(address, { headers: { "X-Reads-Again": "1" } }).catch(() => undefined);
  if (!answer?.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (location.href !== address) return;
  for (const part of document.querySelectorAll("[data-live][id]")) {
    const fresh = page.getElementById(part.id);
    const busy = part.contains(document.activeElement) && typing(document.activeElement);
    if (fresh && !busy && fresh.innerHTML !== part.innerHTML) part.replaceChildren(...fresh.childNodes);
  }
  count();
}

// All pages hear of a change at once: they do not all ask at once.
function soon(least, between = 3000) {
  const at = Math.max(Date.now() + least, read + between) + Math.random() * 700;
  if (waits && waitsUntil <= at) return;
  clearTimeout(waits);
  waits = setTimeout(readAgain, at - Date.now());
  waitsUntil = at;
}

function heard({ company, user }) {
  const row = document.querySelector(`[data-company="${CSS.escape(company)}"]`);
  const holder = row?.querySelector("[data-holder]");
  const own = document.body.dataset.user;
  const said = document.querySelector("#heard");
  if (!holder) {
    const isShown = document.querySelector(`[data-rows] a[href="/queue/${CSS.escape(company)}"]`);
    if (user === own ? isShown : company === acted) return;
    // What others do with companies that are not listed here moves little of this page.
    return user === own || isShown ? soon(1000) : soon(3000, 10000);
  }
  const before = holder.textContent;
  holder.textContent = user && user !== own ? `${user} has it` : "";
  if (!said || holder.textContent === before || user === own) return;
  const name = row.querySelector("bdi").textContent;
  said.textContent = user ? `${user} took ${name}` : `${name} came back`;
}

function listen() {
  if (!live.length || stream || document.hidden) return;
  stream = new EventSource(`/live?about=${[...new Set(live)].join()}`);
  stream.addEventListener("queue", (event) => heard(JSON.parse(event.data)));
  for (const name of ["work", "lists", "refresh"]) stream.addEventListener(name, () => soon(0));
}

// A browser keeps few connections to one server: a page in the background gives its own back.
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) return listen(), live.length && soon(0);
  stream?.close();
  stream = undefined;
});
addEventListener("pagehide", () => stream?.close());
start(document);
listen();
