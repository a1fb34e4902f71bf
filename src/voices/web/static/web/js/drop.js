// Tells which files are about to be sent, and lights the drop zone while files are held over it.

for (const zone of document.querySelectorAll("[data-drop]")) {
  const input = zone.querySelector("input[type=file]");
  const chosen = zone.querySelector("[data-chosen]");

  const lit = (on) => () => zone.classList.toggle("over-it", on);
  for (const name of ["dragenter", "dragover"]) zone.addEventListener(name, lit(true));
  for (const name of ["dragleave", "drop"]) zone.addEventListener(name, lit(false));

  input.addEventListener("change", () => {
    const names = [...input.files].map((file) => file.name);
    const more = names.length > 3 ? ` et ${names.length - 3} autre${names.length > 4 ? "s" : ""}` : "";
    chosen.textContent = names.slice(0, 3).join(", ") + more;
    chosen.hidden = names.length === 0;
  });
}
