// What HTML alone cannot do here; everything works on the page as delivered.
() => {
  const openSource = (target) => {
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    document.querySelectorAll(".jx-chosen").forEach((old) => old.classList.remove("jx-chosen"));
    target.classList.add("jx-chosen");
    target.scrollIntoView({ block: "start", behavior: "smooth" });
    target.querySelector("summary")?.focus({ preventScroll: true });
  };

  // The clipboard API exists only on localhost and https; an office server is often plain http.
  const copy = async (text) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const area = document.body.appendChild(document.createElement("textarea"));
    area.value = text;
    area.select();
    document.execCommand("copy");
    area.remove();
  };

  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.('a[href^="#jx-"]');
    if (!link) return;
    event.preventDefault();
    event.stopPropagation();
    const target = document.getElementById(link.getAttribute("href").slice(1));
    if (!target) return;
    if (target.dataset.copy === undefined) return openSource(target);
    await copy(target.dataset.copy);
    const label = link.textContent;
    if (label === target.dataset.done) return;
    link.textContent = target.dataset.done;
    setTimeout(() => { link.textContent = label; }, 1500);
  }, true);

  // A long passage scrolls inside its box: bring the quoted words into sight.
  document.addEventListener("toggle", (event) => {
    if (!event.target.open || !event.target.matches?.(".jx-source")) return;
    const box = event.target.querySelector(".jx-passages");
    const mark = box?.querySelector("mark");
    if (!mark) return;
    const gap = mark.getBoundingClientRect().top - box.getBoundingClientRect().top;
    box.scrollTop += gap - box.clientHeight / 3;
  }, true);

  // Enter that picks a word in an input method must not send the question.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) {
      event.stopPropagation();
    }
  }, true);
}
