// A deposit before it is sent: files add up over several drops, one can be taken back, those too large are said at once,
// and the sending shows how far it is. Without this script the form is sent as any other.

const form = document.querySelector("form[data-deposit]");

if (form) {
  const input = form.querySelector("input[type=file]");
  const zone = form.querySelector("[data-drop]");
  const list = form.querySelector("[data-list]");
  const names = form.querySelector("[data-names]");
  const count = form.querySelector("[data-count]");
  const meter = form.querySelector("[data-sending-meter]");
  const limits = { file: Number(form.dataset.fileBytes), sending: Number(form.dataset.sendingBytes), files: Number(form.dataset.files) };
  let chosen = [];

  const lit = (on) => () => zone.classList.toggle("over-it", on);
  for (const name of ["dragenter", "dragover"]) zone.addEventListener(name, lit(true));
  for (const name of ["dragleave", "drop"]) zone.addEventListener(name, lit(false));

  input.addEventListener("change", () => {
    const known = new Set(chosen.map(key));
    chosen.push(...[...input.files].filter((file) => !known.has(key(file))));
    show();
  });

  function key(file) {
    return `${file.name}/${file.size}/${file.lastModified}`;
  }

  function fits(file) {
    return file.size <= limits.file;
  }

  function show() {
    // The field itself holds what is chosen, so that it would be sent even if this script went no further.
    const held = new DataTransfer();
    for (const file of chosen.filter(fits)) held.items.add(file);
    input.files = held.files;
    names.replaceChildren(...chosen.map(line));
    list.hidden = chosen.length === 0;
    count.textContent = chosen.length === 1 ? "1 fichier choisi" : `${chosen.length} fichiers choisis`;
  }

  function line(file) {
    const item = document.createElement("li");
    const name = document.createElement("bdi");
    name.textContent = file.name;
    const size = document.createElement("span");
    size.className = "number soft";
    size.textContent = weight(file.size);
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "button quiet small";
    remove.textContent = "Retirer";
    remove.setAttribute("aria-label", `Retirer ${file.name}`);
    remove.addEventListener("click", () => {
      chosen = chosen.filter((other) => other !== file);
      show();
      (names.querySelector("button") ?? input).focus();
    });
    item.append(name, size, remove);
    if (!fits(file)) {
      const wrong = document.createElement("p");
      wrong.className = "wrong";
      wrong.textContent = `Plus de ${weight(limits.file)} : il ne sera pas envoyé. Découpez-le, ou donnez-en le texte seul.`;
      item.append(wrong);
    }
    return item;
  }

  function weight(bytes) {
    const units = ["octets", "Ko", "Mo", "Go"];
    const rank = bytes < 1024 ? 0 : Math.min(3, Math.floor(Math.log2(bytes) / 10));
    const value = (bytes / 1024 ** rank).toLocaleString("fr", { maximumFractionDigits: rank ? 1 : 0 });
    return `${value} ${units[rank]}`;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (meter.hidden === false) return;
    const sent = [...input.files];
    const total = sent.reduce((sum, file) => sum + file.size, 0);
    if (sent.length > limits.files || total > limits.sending) {
      tell(`C’est trop d’un seul coup : ${limits.files} fichiers et ${weight(limits.sending)} au plus. Retirez-en quelques-uns, ou faites une archive .zip.`);
      return;
    }
    send(new FormData(form));
  });

  function send(data) {
    const request = new XMLHttpRequest();
    request.open("POST", form.action || location.href);
    request.upload.addEventListener("progress", (event) => event.lengthComputable && move(event.loaded / event.total));
    request.addEventListener("load", () => arrived(request));
    for (const name of ["error", "abort", "timeout"]) {
      request.addEventListener(name, () => stopped("L’envoi s’est interrompu : rien n’a été pris. Vérifiez la connexion, puis recommencez."));
    }
    meter.hidden = false;
    move(0);
    request.send(data);
  }

  function move(share) {
    const done = Math.round(100 * share);
    meter.querySelector("progress").value = done;
    meter.querySelector("[data-sending-share]").textContent = `${done} %`;
    meter.querySelector("[data-sending-told]").textContent = done < 100 ? "Envoi des fichiers" : "Enregistrement";
  }

  function arrived(request) {
    const gone = new URL(request.responseURL, location.href);
    if (request.status === 200 && gone.pathname !== location.pathname) {
      location.assign(gone);
      return;
    }
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    const fields = page.querySelector("[data-fields]");
    const problems = page.querySelector("[data-problems]");
    if (!fields || !problems) {
      stopped(page.querySelector("main")?.textContent.trim() || "L’envoi n’a pas abouti : rien n’a été pris. Recommencez.");
      return;
    }
    // The same form with what is to be corrected; the files stay chosen.
    form.querySelector("[data-fields]").replaceWith(fields);
    stopped();
    form.querySelector("[data-problems]").replaceChildren(...problems.childNodes);
    form.querySelector("[data-problems]").focus();
  }

  function stopped(sentence) {
    meter.hidden = true;
    delete form.dataset.sending;
    if (sentence) tell(sentence);
  }

  function tell(sentence) {
    const problem = document.createElement("div");
    problem.className = "errors";
    problem.setAttribute("role", "alert");
    const title = document.createElement("h2");
    title.textContent = sentence;
    problem.append(title);
    form.querySelector("[data-problems]").replaceChildren(problem);
    form.querySelector("[data-problems]").focus();
  }
}
