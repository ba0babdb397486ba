// For whoever leads a meeting: picks cases from the shelf, shares them by link, prints them.

import * as actions from "../guide/actions.mjs";
import { element, say } from "../guide/words.mjs";
import { MOST, write } from "./address.mjs";

const panel = document.querySelector("[data-team]");
const shelf = document.querySelector("[data-shelf]");

/** Make the panel work. `tell` shows a line; `playSet` starts a round with these cases. */
export function prepare(tell, playSet) {
  if (!panel || !shelf) return;
  panel.hidden = false;
  const letters = [...shelf.querySelectorAll("[data-case]")];
  for (const letter of letters) {
    const box = element("input", { type: "checkbox", value: letter.dataset.case });
    const label = element("label", { className: "pw-pick pw-noprint", hidden: true }, box, say("in-set"));
    letter.querySelector("h3").after(label);
  }
  const boxes = () => [...shelf.querySelectorAll(".pw-pick input")];
  const chosen = () => boxes().filter((box) => box.checked).map((box) => box.value);
  const count = () => {
    const n = chosen().length;
    panel.querySelector("[data-picked-count]").textContent = n ? say("picked", { n }) : say("pick-some");
    for (const button of panel.querySelectorAll(".pw-actions button")) button.disabled = n === 0;
  };
  const picking = (on) => {
    panel.querySelector('[data-do="pick"]').setAttribute("aria-pressed", String(on));
    panel.querySelector("[data-picked]").hidden = !on;
    for (const box of boxes()) box.parentElement.hidden = !on;
    count();
  };
  shelf.addEventListener("change", ({ target }) => {
    if (!target.matches(".pw-pick input")) return;
    if (chosen().length > MOST) {
      target.checked = false;
      tell(say("pick-most", { n: MOST }));
    }
    count();
  });
  const doing = {
    pick: (button) => picking(button.getAttribute("aria-pressed") !== "true"),
    share: async () => tell(await share(chosen(), panel)),
    print: () => printSheet(letters.filter((letter) => chosen().includes(letter.dataset.case))),
    play: () => playSet(chosen()),
    unpick: () => {
      for (const box of boxes()) box.checked = false;
      count();
    },
  };
  panel.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-do]");
    if (button) doing[button.dataset.do](button);
  });
}

/** Copy the link of a set; returns what to say. `place` holds the buttons, for copying by hand. */
export function share(set, place) {
  return actions.copy(write(set), place, say("set-copied"), say("copy-by-hand"));
}

// Cases on one part, answers on a later page. Put together for the printer and taken away again.
function printSheet(letters) {
  const sheet = element("div", { className: "pw-sheet", data: { sheet: "" } });
  const stories = element("section", {}, element("h2", { textContent: say("sheet-cases") }));
  const answers = element("section", { className: "pw-sheet__answers" }, element("h2", { textContent: say("sheet-answers") }));
  letters.forEach((letter, place) => {
    const title = say("sheet-story", { n: place + 1 });
    stories.append(
      element("div", { className: "pw-sheet__one" }, element("h3", { textContent: title }), copyOf(letter.querySelector(".pw-letter__text")),
        element("p", { className: "pw-sheet__ask", textContent: say("sheet-ask") })),
    );
    answers.append(element("div", { className: "pw-sheet__one" }, element("h3", { textContent: title }), copyOf(letter.querySelector("[data-answer]"))));
  });
  sheet.append(stories, answers);
  document.querySelector("[data-practice]").append(sheet);
  document.body.classList.add("is-printing-set");
  const clean = () => {
    document.body.classList.remove("is-printing-set");
    sheet.remove();
  };
  addEventListener("afterprint", clean, { once: true });
  print();
}

function copyOf(node) {
  const copy = node.cloneNode(true);
  for (const one of copy.querySelectorAll("[id]")) one.removeAttribute("id");
  return copy;
}
