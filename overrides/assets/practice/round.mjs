// One case from letter to outcome: tapping, then question after question, each answered at once.

import { settle } from "../guide/one_tap.mjs";
import { element, language, say } from "../guide/words.mjs";
import { judged, tappable } from "./letter.mjs";
import { phase, reveal, sourceMark } from "./reveal.mjs";

/** Play one case in `stage`. `told`: what was marked once all is answered; `after`: what comes under the outcome. */
export function play(stage, { engine, it, seed, title, told, after, stop }) {
  const section = element("section", { className: "pw-play", data: { case: it.id, seed } });
  section.setAttribute("aria-labelledby", "verhaal-kop");
  const heading = element("h2", { id: "verhaal-kop", tabIndex: -1, textContent: title });
  const letter = tappable(it);
  const ready = button("pw-button pw-button--main", say("tap-done"));
  const tapping = element("div", { className: "pw-tapping" }, element("p", {}, element("b", { textContent: say("tap") }), " ", element("span", { className: "pw-help", textContent: say("tap-help") })));
  const voice = element("p", { className: "pw-letter__voice", textContent: say(`voice-${it.voice}`) });
  section.append(heading, tapping, element("div", { className: "pw-letter pw-card" }, voice, letter.node), ready, stopLine(stop));
  stage.replaceChildren(section);
  settle();
  scrollTo(0, 0);
  heading.focus({ preventScroll: true });

  const given = {};
  const mark = () => engine.ask("mark", { case: it.id, given, seed });

  ready.addEventListener("click", async () => {
    const { marks, more } = letter.done();
    ready.disabled = true;
    given.marks = marks;
    const [marked, { questions: asked }] = await Promise.all([mark(), engine.ask("options", { case: it.id, seed })]).catch(() => [null, {}]);
    if (!marked) return; // Python is gone: the page says so
    letter.judge(marked.marks);
    tapping.remove();
    const said = judged(it, marked.marks, more);
    ready.replaceWith(said);
    said.focus();
    ask(asked, 0);
    settle();
  });

  function ask(asked, place) {
    const { part, ask: words, options } = asked[place];
    const block = element("section", { className: "pw-ask", data: { part } });
    const title = element("h3", { textContent: words[language] });
    const rows = element("ul", { className: "pw-answers" });
    for (const option of options) {
      const row = button("pw-answer", "");
      row.dataset.choice = option.id;
      row.append((part === "phase" && phase(option.id)) || element("b", { textContent: option.label[language] }));
      row.addEventListener("click", () => answer(option));
      rows.append(element("li", {}, row));
    }
    block.append(title, rows);
    section.querySelector(".pw-stop").before(block);

    async function answer(option) {
      if (given[part]) return;
      given[part] = option.id;
      const marked = await mark().catch(() => null);
      if (!marked) {
        delete given[part];
        return;
      }
      const graded = marked.parts.find((one) => one.part === part);
      const feedback = answered(option, graded);
      rows.replaceWith(...feedback);
      if (place + 1 < asked.length) ask(asked, place + 1);
      else await end(marked);
      feedback.at(-1).focus();
      settle(); // the next question stands where the answers were
    }
  }

  async function end(marked) {
    section.querySelector(".pw-stop").remove();
    section.append(reveal(marked, it));
    await told(marked);
    section.append(...after());
    section.dataset.over = "";
  }
}

function answered(option, { good, words, sources }) {
  const sign = element("span", { className: "pw-sign-of", textContent: good ? "✓" : "○" });
  sign.setAttribute("aria-hidden", "true");
  const chosen = element("p", { className: "pw-given" }, sign, element("span", {}, `${say("you-chose")}: `, element("b", { textContent: option.label[language] }), element("span", { className: "pw-hidden", textContent: ` (${say(good ? "right-word" : "wrong-word")})` })));
  chosen.dataset.good = String(good);
  const line = element("p", { className: "pw-feedback", tabIndex: -1 }, words[language], ...sourceMark(sources));
  return [chosen, line];
}

function stopLine(stop) {
  const leave = button("pw-link", say("stop"));
  leave.addEventListener("click", stop);
  return element("p", { className: "pw-stop" }, leave);
}

export function button(className, textContent) {
  return element("button", { type: "button", className, textContent });
}
