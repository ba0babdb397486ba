// One tap, one answer: the second tap of a double tap never answers what the first one brought up.
// A finger that is too quick is lost rather than wrong; keys work at once.

const STILL = 500; // milliseconds; the taps of a double tap come within 350, of a slow one within this
const WHAT_ACTS = "a, button, [role=button]";

let still = null;

/** What stands under the finger is new: for a moment it takes none (`[data-settling]` in guide.css). */
export function settle() {
  const { body } = document;
  still?.cancel();
  body.dataset.settling = "";
  still = body.animate([], STILL); // moves nothing; it keeps the time also where tests hold the clock
  still.onfinish = () => delete body.dataset.settling;
}

/** The second click of a slow double click, by whatever time this device allows for one, does nothing here. */
export function takeOneClick(part) {
  const isSecond = (event) => event.detail > 1 && event.target.closest(WHAT_ACTS);
  part.addEventListener("click", (event) => {
    if (!isSecond(event)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, { capture: true });
}
