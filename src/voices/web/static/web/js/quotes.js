// Cutting a quote by keyboard: one stop a sentence, arrows from word to word, Shift to take several along.
// Without scripts every word is a box to tick, and a button shows the quote.

const form = document.getElementById("coupe");
const boxesOf = (sentence) => [...sentence.querySelectorAll(".word input")];

for (const sentence of form.querySelectorAll(".sentence")) {
  boxesOf(sentence).forEach((box, at) => (box.tabIndex = at ? -1 : 0));
}

function goTo(box) {
  for (const other of boxesOf(box.closest(".sentence"))) other.tabIndex = -1;
  box.tabIndex = 0;
  box.focus();
}

let last = null; // the word last touched: where a stretch chosen with Shift begins

function stretch(from, to) {
  const boxes = [...form.querySelectorAll(".word input")];
  const [a, b] = [boxes.indexOf(from), boxes.indexOf(to)].sort((one, other) => one - other);
  for (const box of boxes.slice(a, b + 1)) box.checked = from.checked;
  to.dispatchEvent(new Event("change", { bubbles: true }));
}

// In a sentence that is set aside, a word that one touches is the only one taken back.
function takeBack(box) {
  const sentence = box.closest(".sentence");
  const aside = sentence.querySelector(".whole input");
  if (!aside?.checked) return;
  aside.checked = false;
  for (const other of boxesOf(sentence)) other.checked = other === box;
}

form.addEventListener("click", (event) => {
  const box = event.target.closest(".word input");
  if (!box) return;
  takeBack(box);
  if (event.shiftKey && last) stretch(last, box);
  else last = box;
});

form.addEventListener("focusin", (event) => {
  const box = event.target.closest(".word input");
  if (box && box.tabIndex < 0) goTo(box);
});

form.addEventListener("keydown", (event) => {
  const box = event.target.closest(".word input");
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!box || !step) return;
  event.preventDefault();
  const boxes = [...form.querySelectorAll(".word input")];
  const next = boxes[boxes.indexOf(box) + step];
  if (!next) return;
  goTo(next);
  if (event.shiftKey) stretch(box, next);
});
