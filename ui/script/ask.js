// What HTML alone cannot do on the page to ask on.
() => {
  const find = (selector) => document.querySelector(selector);
  const page = () => find("#jx-page");
  const box = () => find("#jx-question textarea");
  // To the server: buttons that ask, that judge an answer, and all others.
  const to = { example: "asking", ask: "asking", retry: "asking", right: "judging", wrong: "judging" };
  const hand = (detail) => document.dispatchEvent(
    new CustomEvent(`jx-${to[detail.do] ?? "doing"}`, { detail }));

  // -- sources ---------------------------------------------------------
  const showSources = (shown) => page().classList.toggle("jx-sources-open", shown);

  const openSource = (target) => {
    showSources(true); // on a narrow screen the panel lies over the chat
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    document.querySelectorAll(".jx-chosen").forEach((old) => old.classList.remove("jx-chosen"));
    target.classList.add("jx-chosen");
    target.scrollIntoView({ block: "start", behavior: "smooth" });
    target.querySelector("summary")?.focus({ preventScroll: true });
  };

  // A source that was asked for before it came, a moment after its answer, opens as it comes.
  let awaited = null;
  const sources = find("#jx-right");
  const arrived = () => {
    const target = awaited && document.getElementById(awaited);
    if (!target || target.dataset.copy !== undefined) return;
    awaited = null;
    openSource(target);
  };
  if (sources) new MutationObserver(arrived).observe(sources, { childList: true, subtree: true });

  // The source before or after the one that is open, of the same answer.
  const step = (by) => {
    const all = [...document.querySelectorAll(".jx-panel > .jx-sources .jx-source")];
    const at = all.findIndex((source) => source.classList.contains("jx-chosen"));
    const next = all[at < 0 ? 0 : (at + by + all.length) % all.length];
    if (next) openSource(next);
  };

  // -- copying ---------------------------------------------------------
  // The clipboard API exists only on localhost and https; an office server is often plain http.
  const copy = async (text) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const area = document.body.appendChild(document.createElement("textarea"));
    area.value = text;
    area.select();
    document.execCommand("copy");
    area.remove();
  };

  const copied = (link, done) => {
    const label = link.textContent;
    if (label === done) return;
    link.textContent = done;
    setTimeout(() => { link.textContent = label; }, 1500);
  };

  document.addEventListener("click", async (event) => {
    // On a narrow screen the conversations lie over the chat until something else is clicked.
    if (!event.target.closest?.("#jx-side") || event.target.closest("button:not(#jx-upload)")) {
      page().classList.remove("jx-side-shown");
    }
    const at = event.target.closest?.bind(event.target);
    if (!at) return;
    const link = at('a[href^="#jx-"]');
    const shared = at("a.jx-link");
    const button = at("button.jx-do");
    const example = at("button.jx-example");
    if (link || shared || button || example) {
      event.preventDefault();
      event.stopPropagation();
    }
    if (link) {
      const id = link.getAttribute("href").slice(1);
      const target = document.getElementById(id);
      awaited = target ? null : id;
      if (!target) return;
      if (target.dataset.copy === undefined) return openSource(target);
      await copy(target.dataset.copy);
      copied(link, target.dataset.done);
    } else if (shared) {
      await copy(shared.href);
      copied(shared, find(".jx-panel")?.dataset.linkCopied ?? shared.textContent);
    } else if (example) {
      hand({ do: "example", text: example.textContent });
    } else if (button) {
      const name = [...button.classList].find((word) => word.startsWith("jx-do-"));
      const [action, ...numbers] = name.slice("jx-do-".length).split("-");
      hand({ do: action, numbers: numbers.map(Number) });
      if (action === "edit") setTimeout(() => box()?.focus(), 300);
    } else if (at(".jx-close")) {
      showSources(false);
      box()?.focus({ preventScroll: true });
    } else if (at(".jx-side-open")) {
      page().classList.add("jx-side-shown");
      event.stopPropagation();
      find("#jx-new")?.focus();
    } else if (at(".jx-step")) {
      step(Number(at(".jx-step").value));
    }
  }, true);

  // The original beside the passage: fetched once, when its source is opened.
  const showOriginal = async (place) => {
    if (!place || place.dataset.fetched) return;
    place.dataset.fetched = "yes";
    const say = (text) => {
      const line = document.createElement("p");
      line.className = "jx-faint";
      line.textContent = text;
      return line;
    };
    const answer = await fetch(place.dataset.view).catch(() => null);
    if (!answer?.ok) return place.replaceChildren(say(place.dataset.missing));
    const frame = document.createElement("div");
    frame.className = "jx-original-frame";
    frame.tabIndex = 0;
    if (place.dataset.kind === "table") {
      frame.innerHTML = await answer.text(); // escaped where it is made; see ui/originals
      place.replaceChildren(frame);
      const inside = frame.getBoundingClientRect();
      const mark = frame.querySelector(".jx-here").getBoundingClientRect();
      frame.scrollTop = mark.top - inside.top - 80;
      frame.scrollLeft = mark.left - inside.left - 120;
      return;
    }
    const picture = new Image();
    picture.alt = place.dataset.alt;
    picture.src = URL.createObjectURL(await answer.blob());
    await picture.decode();
    frame.append(picture);
    const marked = answer.headers.get("X-Marked");
    const scan = answer.headers.get("X-Scan");
    const notes = [...(marked ? [] : ["unmarked"]), ...(scan && marked ? ["scanned"] : [])];
    place.replaceChildren(...notes.map((note) => say(place.dataset[note])), frame);
    if (marked) frame.scrollTop = Number(marked) * picture.clientHeight - frame.clientHeight / 3;
  };

  // A long passage scrolls inside its box: bring the quoted words into sight.
  document.addEventListener("toggle", (event) => {
    if (!event.target.open || !event.target.matches?.(".jx-source")) return;
    showOriginal(event.target.querySelector(".jx-original"));
    const passages = event.target.querySelector(".jx-passages");
    const mark = passages?.querySelector("mark");
    if (!mark) return;
    const gap = mark.getBoundingClientRect().top - passages.getBoundingClientRect().top;
    passages.scrollTop += gap - passages.clientHeight / 3;
  }, true);

  // -- keyboard --------------------------------------------------------
  document.addEventListener("keydown", (event) => {
    // Enter that picks a word in an input method must not send the question.
    if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) {
      event.stopPropagation();
    }
    const typing = event.target.closest?.("input, textarea, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      box()?.focus();
    }
    if (event.key === "Escape" && !event.isComposing) {
      const stop = find("#jx-stop");
      if (stop?.offsetParent) stop.click();
      else if (page().classList.contains("jx-side-shown")) {
        page().classList.remove("jx-side-shown");
      }
      else if (page().classList.contains("jx-sources-open")) {
        showSources(false);
        box()?.focus({ preventScroll: true });
      } else if (find("#jx-editing")?.offsetParent) hand({ do: "leave", numbers: [] });
    }
  }, true);

  // -- as messages come -------------------------------------------------
  const chat = find("#jx-chat");
  // Gradio would scroll to the end of an answer; one reads from the question on.
  const showQuestion = () => {
    const row = [...chat.querySelectorAll(".user-row")].at(-1);
    // On a narrow screen the chat scrolls itself, on a wide one what is in it.
    const scrolls = [chat.querySelector(".bubble-wrap"), chat].find(
      (one) => one && one.scrollHeight > one.clientHeight + 1);
    if (!row || !scrolls) return;
    scrolls.scrollTop += row.getBoundingClientRect().top - scrolls.getBoundingClientRect().top;
  };
  let seen = "";
  const changed = () => {
    // It labels each message with its markup; what stands in it is what should be read.
    chat.querySelectorAll("[data-testid][aria-label]").forEach(
      (message) => message.removeAttribute("aria-label"));
    const count = (what) => chat.querySelectorAll(what).length;
    const now = `${count(".user-row")} ${count(".jx-foot")}`;
    if (now !== seen) showQuestion();
    seen = now;
  };
  if (chat) new MutationObserver(changed).observe(chat, { childList: true, subtree: true });
}
