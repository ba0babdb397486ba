// What stands behind the # of an address, as it was meant: mail and chat programs write some signs in
// another way, and take the full stop of a sentence for a part of the link.

const LONGEST = 10_000;
const BEHIND = /[\s.,;:!?…)\]}>"'’”]+$/;

/** The fragment without "#", or null if nobody can tell what was meant. */
export function meant(hash) {
  if (hash.length > LONGEST) return null;
  try {
    return decodeURIComponent(hash.replace(/^#/, "")).replaceAll("&amp;", "&").replace(BEHIND, "");
  } catch {
    return null;
  }
}
