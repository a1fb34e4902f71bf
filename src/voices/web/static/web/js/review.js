// The reviewing desk, quick: the next cards are fetched ahead and shown at once, decisions are sent behind, one after the
// other, again and again until the site says that they are kept. Without scripts the same forms are sent as plain pages.

const AHEAD = 3; // cards kept ready
const STALE = 90_000; // milliseconds after which a card fetched ahead is fetched anew
const PATIENCE = 20_000; // milliseconds given to the site to answer
const SLOW = 500; // milliseconds before « envoi » is said
const DEAF = 700; // milliseconds after « aucun code », which goes on by itself, during which Enter is a slip
const WHY = "relecture-pourquoi";

const ready = new Map(); // address -> {at, html: Promise<string>}
const drafts = new Map(); // address -> what was chosen or written there, and not sent
const outbox = []; // what is not yet known to be kept, in order: {action, data, name, counts, then}
let sending = false;
let kept = 0;
let slow = 0;
let again = 0;
let tries = 0;
let deaf = 0;
let refusals = 0;
let asked = 0; // how many cards were asked for: the last one is shown, in whatever order they come

const desk = () => document.getElementById("fiche");
const one = (selector, within = document) => within.querySelector(selector);

// ---- Cards

function cardOf(address) {
  const url = new URL(address, location.href);
  url.pathname += "fiche/";
  return url;
}

async function fetchCard(address) {
  const answer = await fetch(cardOf(address), { headers: { Accept: "text/html" }, signal: AbortSignal.timeout(PATIENCE) });
  const html = await answer.text();
  if (!answer.ok || !html.includes('id="fiche"')) throw new Error("no card there");
  return html;
}

function card(address) {
  const found = ready.get(address);
  if (found && Date.now() - found.at < STALE) return found.html;
  const html = fetchCard(address);
  ready.set(address, { at: Date.now(), html });
  html.catch(() => ready.delete(address));
  return html;
}

function read(html) {
  return new DOMParser().parseFromString(html, "text/html").getElementById("fiche");
}

async function lookAhead(address, depth = AHEAD) {
  if (!address || depth === 0) return;
  try {
    const html = await card(address);
    await lookAhead(read(html).dataset.following, depth - 1);
  } catch {
    // Fetched again when it is asked for.
  }
}

async function show(address, { push = true } = {}) {
  const old = desk();
  const turn = ++asked;
  const wait = setTimeout(() => old.classList.add("busy"), 150);
  const found = await card(address).then(read, () => null);
  clearTimeout(wait);
  if (turn !== asked) return;
  if (found === null) {
    // Nothing of what was decided hangs on this page: the address is opened as any other once all is sent.
    old.classList.remove("busy");
    leave(address);
    return;
  }
  ready.delete(address); // looked at again, it is read again
  keepDraft(old);
  old.replaceWith(found);
  takeDraft(found);
  settle(found);
  document.title = `Relire, ${found.dataset.name} · voices`;
  if (push) history.pushState({ address }, "", address);
  scrollTo({ top: 0, behavior: "instant" });
  one("#passage", found).focus({ preventScroll: true });
  lookAhead(found.dataset.following);
}

// What a card needs once it is in the page.
function settle(found) {
  for (const hidden of found.querySelectorAll("[data-with-scripts]")) hidden.hidden = false;
  explain(localStorage.getItem(WHY) !== null);
}

// Never before all is sent: the page says what waits.
function leave(address) {
  if (outbox.length > 0) say();
  afterAll(() => location.assign(address));
}

// ---- What was begun and left: found again on coming back

const fields = (card) => [...card.querySelectorAll("[data-decide] :is(input:not([type=hidden]), textarea)")];
const changed = (field) => (field.matches("textarea") ? field.value !== field.defaultValue : field.checked !== field.defaultChecked);
const begun = (card) => !card.dataset.decided && fields(card).some(changed);

function keepDraft(card) {
  if (begun(card)) drafts.set(card.dataset.address, fields(card).map((field) => (field.matches("textarea") ? field.value : field.checked)));
  else drafts.delete(card.dataset.address);
}

function takeDraft(card) {
  const kept = drafts.get(card.dataset.address);
  const all = fields(card);
  if (kept?.length !== all.length) return;
  all.forEach((field, at) => {
    if (field.matches("textarea")) {
      field.value = kept[at];
      field.closest("details").open = kept[at] !== "";
    } else field.checked = kept[at];
  });
}

// ---- The outbox

function draw() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// `counts`: by how much it changes the number of decisions kept.
function post(action, data, name, { counts = 0, then = null } = {}) {
  data.set("token", draw());
  outbox.push({ action, data, name, counts, then });
  send();
}

async function send() {
  if (sending || outbox.length === 0) return;
  sending = true;
  clearTimeout(again);
  clearTimeout(slow);
  slow = setTimeout(say, SLOW);
  while (outbox.length > 0) {
    const first = outbox[0];
    const answer = await deliver(first);
    if (answer === null) break;
    outbox.shift();
    if (answer.problem) refuse(first, answer);
    else {
      kept = Math.max(0, kept + first.counts); // an earlier visit’s decision may be undone here
      tries = 0;
      first.then?.(answer);
    }
  }
  clearTimeout(slow);
  sending = false;
  say();
  if (outbox.length > 0) again = setTimeout(send, Math.min(30_000, 1000 * 2 ** tries++));
}

// What the site answers; null where it did not, or not as it should: it is sent again.
async function deliver({ action, data }) {
  try {
    const answer = await fetch(action, {
      method: "POST",
      body: new URLSearchParams(data),
      headers: { Accept: "application/json" },
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (answer.status === 403) await renew(data);
    if (answer.status === 404) return { problem: "Ce passage n’est plus là.", remedy: "Son témoignage a été retiré, ou il n’est plus à vous." };
    const said = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : {};
    return said.kept || said.problem ? said : null;
  } catch {
    return null;
  }
}

// The site's seal on forms changes when one signs in again, perhaps in another tab.
async function renew(data) {
  const found = read(await fetchCard(desk().dataset.address));
  const seal = one("[name=csrfmiddlewaretoken]", found).value;
  data.set("csrfmiddlewaretoken", seal);
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = seal;
}

// ---- What the page says of it

function say() {
  const sent = one("[data-sent]");
  const box = one("[data-unsent]");
  const many = outbox.length > 1 ? "s" : "";
  if (outbox.length > 0 && sending && tries === 0) {
    sent.textContent = "Envoi…";
  } else if (outbox.length === 0) {
    sent.textContent = kept ? `${kept} décision${kept > 1 ? "s" : ""} enregistrée${kept > 1 ? "s" : ""}` : "";
  } else {
    sent.textContent = "";
    one("[data-unsent-words]").textContent =
      `${outbox.length} décision${many} pas encore enregistrée${many}. Gardez cette page ouverte : ` +
      "elle réessaie d’elle-même. Si cela dure, vérifiez la connexion, ou reconnectez-vous dans un autre onglet.";
    one("[data-unsent-list]").replaceChildren();
  }
  sent.classList.toggle("waiting", outbox.length > 0);
  box.hidden = outbox.length === 0 || (sending && tries === 0);
}

// Something that the site will not keep: said until it is read, with where to go.
function refuse({ name }, { problem, remedy, address, label }) {
  const toast = document.createElement("div");
  toast.className = "toast error";
  refusals += 1;
  const words = document.createElement("p");
  words.textContent = `${name[0].toUpperCase()}${name.slice(1)}\u202f: ${problem} ${remedy} `;
  if (address) {
    const link = document.createElement("a");
    link.href = address;
    link.textContent = label || "Y aller";
    words.append(link);
  }
  const close = document.createElement("button");
  Object.assign(close, { className: "button small quiet", type: "button", textContent: "Fermer" });
  close.dataset.close = "";
  toast.append(words, close);
  document.getElementById("messages").append(toast);
}

function tell(text) {
  const toast = document.createElement("div");
  toast.className = "toast success";
  const words = document.createElement("p");
  words.textContent = text;
  toast.append(words);
  document.getElementById("messages").replaceChildren(toast);
  setTimeout(() => toast.remove(), 6000);
}

function oneLess() {
  const left = one("[data-left]");
  const now = Math.max(0, Number(left.dataset.left) - 1);
  left.dataset.left = String(now);
  left.textContent = now.toLocaleString("fr");
  const words = one("[data-left-words]");
  words.textContent = `passage${now > 1 ? "s" : ""} ${words.dataset.leftWords || "dans cette file"}`;
}

// ---- Gestures

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    const by = event.submitter;
    if (form.matches("[data-after]") && outbox.length > 0) {
      event.preventDefault();
      afterAll(() => form.requestSubmit());
    }
    if (!form.matches("[data-decide]")) return;
    event.preventDefault();
    const data = new FormData(form, by);
    if (by?.matches("[data-undo]")) undo(by.formAction, data);
    else if (by?.hasAttribute("formaction")) remark(by.formAction, data, form);
    else decide(form.action, data);
  },
  { capture: true },
);

function decide(action, data) {
  const here = desk();
  here.dataset.decided = "oui";
  if (data.has("aucun")) deaf = Date.now() + DEAF;
  post(action, data, here.dataset.name, { counts: 1 });
  if (["machine", "", null].includes(new URLSearchParams(location.search).get("avis"))) oneLess();
  next(here);
}

function next(here) {
  const following = here.dataset.following;
  const before = refusals;
  if (following) show(following);
  // At the end of the queue the page is left, unless something was refused: it is to be read first.
  else afterAll(() => refusals === before && location.assign(one("[data-skip]", here).href));
}

function remark(action, data, form) {
  post(action, data, desk().dataset.name, { then: () => tell("Commentaire gardé.") });
  form.elements.commentaire.value = "";
}

function undo(action, data) {
  for (const name of [...data.keys()]) if (name !== "csrfmiddlewaretoken") data.delete(name);
  const then = (answer) => {
    tell(answer.told);
    ready.clear();
    show(answer.address);
  };
  post(action, data, "Annuler", { counts: -1, then });
}

// Once everything is kept.
function afterAll(then) {
  if (outbox.length === 0) then();
  else setTimeout(() => afterAll(then), 50);
}

document.addEventListener("click", (event) => {
  const by = event.target.closest("[data-cycle], [data-subs], [data-why], [data-skip], [data-after], [data-back], [data-remark], [data-retry]");
  if (!by) return;
  if (by.matches("[data-cycle]")) cycle(by.closest(".code-row"));
  if (by.matches("[data-subs]")) cycleSubs();
  if (by.matches("[data-why]")) toggleWhy();
  if (by.matches("[data-back]")) history.back();
  if (by.matches("[data-retry]")) send();
  if (by.matches("[data-remark]")) {
    // At once: who presses M writes on.
    event.preventDefault();
    const open = by.closest("details").toggleAttribute("open");
    if (open) one("#commentaire").focus();
  }
  if (by.matches("a[data-after]") && outbox.length > 0) {
    event.preventDefault();
    afterAll(() => location.assign(by.href));
  }
  if (by.matches("[data-skip]") && desk().dataset.following && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    show(desk().dataset.following);
  }
});

function cycle(row) {
  const choices = [...row.querySelectorAll(".senses input")];
  const now = choices.findIndex((choice) => choice.checked);
  choices[(now + 1) % choices.length].checked = true;
  desk().dataset.last = row.dataset.code;
}

// The next sub-code of the code touched last, or of the first one present: one at a time, then none.
function cycleSubs() {
  const rows = [...desk().querySelectorAll(".code-row")].filter((row) => one("[type=checkbox]", row)?.checkVisibility());
  const row = rows.find((found) => found.dataset.code === desk().dataset.last) ?? rows[0];
  if (!row) return;
  const subs = [...row.querySelectorAll("[type=checkbox]")];
  const now = subs.findIndex((sub) => sub.checked);
  for (const sub of subs) sub.checked = false;
  if (now + 1 < subs.length) subs[now + 1].checked = true;
}

function explain(open) {
  for (const why of desk().querySelectorAll(".why")) why.open = open;
  one("[data-why]")?.setAttribute("aria-pressed", String(open));
}

function toggleWhy() {
  const open = one("[data-why]").getAttribute("aria-pressed") !== "true";
  if (open) localStorage.setItem(WHY, "oui");
  else localStorage.removeItem(WHY);
  explain(open);
}

// Enter decides from anywhere, but where it has a meaning of its own; from the comment, with Ctrl.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" && !/^(Digit|Numpad)0$/.test(event.code)) deaf = 0; // something was said of this passage
  if (event.key !== "Enter" || event.repeat || event.isComposing || document.querySelector("dialog[open]")) return;
  const target = event.target;
  const commenting = target.matches("#commentaire");
  if (commenting ? !(event.ctrlKey || event.metaKey) : target.closest("a, button, summary, textarea, select, input")) return;
  event.preventDefault();
  if (commenting || Date.now() > deaf) one("[data-accept]").click();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.matches("#commentaire")) one("#passage").focus();
});

addEventListener("popstate", (event) => {
  if (event.state?.address) show(event.state.address, { push: false });
});
addEventListener("online", send);
addEventListener("beforeunload", (event) => {
  if (outbox.length > 0 || (desk() && !desk().dataset.decided && one("#commentaire")?.value)) event.preventDefault();
});

if (desk()) {
  history.replaceState({ address: desk().dataset.address }, "", location.href);
  settle(desk());
  lookAhead(desk().dataset.following);
}
