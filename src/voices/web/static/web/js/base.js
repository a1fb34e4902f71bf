// What every page does a little better with scripts. Nothing here is needed to read or to send.

const root = document.documentElement;

function chooseTheme(theme) {
  if (theme === "auto") root.removeAttribute("data-theme");
  else root.dataset.theme = theme;
  const https = location.protocol === "https:";
  const secure = https ? "; secure" : "";
  const age = theme === "auto" ? 0 : 365 * 24 * 3600;
  document.cookie = `${https ? "__Host-" : ""}theme=${theme}; path=/; max-age=${age}; samesite=lax${secure}`;
  showTheme();
}

function showTheme() {
  const now = root.dataset.theme || "auto";
  for (const button of document.querySelectorAll("[data-choose-theme]")) {
    button.setAttribute("aria-pressed", String(button.dataset.chooseTheme === now));
  }
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu !== except) menu.open = false;
  }
}

document.addEventListener("click", (event) => {
  const target = event.target;
  const theme = target.closest("[data-choose-theme]");
  if (theme) chooseTheme(theme.dataset.chooseTheme);
  closeMenus(target.closest("details.menu"));

  const opener = target.closest("[data-open]");
  if (opener) document.getElementById(opener.dataset.open)?.showModal();
  if (target.closest("[data-close]")) {
    target.closest("dialog")?.close();
    target.closest(".toast")?.remove();
  }
  if (target instanceof HTMLDialogElement) target.close();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details.menu[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});

// A second press on the same button within a few seconds is one press too many.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute("method")?.toLowerCase() !== "post") return;
  if (form.dataset.sending) event.preventDefault();
  form.dataset.sending = "yes";
  setTimeout(() => delete form.dataset.sending, 4000);
});

function showWithScripts(part) {
  for (const hidden of part.querySelectorAll("[data-with-scripts]")) hidden.hidden = false;
}

// What moves in a page and was refused says so: nothing stays silent, whatever the reason.
function sayFailed() {
  const toast = document.createElement("div");
  toast.className = "toast error";
  const said = document.createElement("p");
  said.textContent = "Cela n’a pas pu se faire : cette page n’est peut-être plus à jour. Rechargez-la, puis réessayez.";
  toast.append(said);
  document.getElementById("messages").append(toast);
  toast.scrollIntoView({ block: "nearest" });
}

// What a narrow window folds, and a wide one shows; a field in it that is wrong stays seen.
const narrow = matchMedia("(max-width: 40rem)");

function fold() {
  for (const details of document.querySelectorAll("details[data-fold]")) {
    details.open = !narrow.matches || details.querySelector(".wrong") !== null;
  }
}

narrow.addEventListener("change", fold);
fold();

document.addEventListener("htmx:responseError", sayFailed);
document.addEventListener("htmx:sendError", sayFailed);
document.addEventListener("htmx:afterSettle", () => showWithScripts(document));
showWithScripts(document);
showTheme();
