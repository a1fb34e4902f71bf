// « Copier »: puts the field named in data-copy on the clipboard and says so in the live region beside it.

async function copy(field) {
  field.select();
  // The clipboard's own interface is only there over HTTPS or on this machine.
  if (navigator.clipboard) await navigator.clipboard.writeText(field.value);
  else document.execCommand("copy");
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const said = document.getElementById(`${button.dataset.copy}-copie`);
  button.addEventListener("click", async () => {
    await copy(field);
    said.textContent = "Copié.";
  });
}
