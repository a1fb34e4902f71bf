// « Copier »: puts the field named in data-copy on the clipboard and says so in the live region beside it.

async function copy(field) {
  field.select();
  // The clipboard's own interface is only there over HTTPS or on this machine.
  if (navigator.clipboard) await navigator.clipboard.writeText(field.value);
  else document.execCommand("copy");
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await copy(document.getElementById(button.dataset.copy));
  document.getElementById(`${button.dataset.copy}-copie`).textContent = "Copié.";
});
