/** Shorter names differ by only a letter or two from too many other words. */
const SHORTEST = 6;
/** Variables of operating systems that are similar to ours. */
const foreign = new Set(['LANGUAGE']);

/** Whether `name` is the variable `meant` with one wrong, missing, extra or swapped letter. */
export function isMisspelt(name: string, meant: string): boolean {
  if (name === meant || meant.length < SHORTEST || foreign.has(name)) return false;
  const [longer, shorter] = name.length >= meant.length ? [name, meant] : [meant, name];
  if (longer.length - shorter.length > 1) return false;
  const start = commonLength(longer, shorter);
  if (longer.length > shorter.length) return longer.slice(start + 1) === shorter.slice(start);
  const [behindLonger, behindShorter] = [longer.slice(start), shorter.slice(start)];
  return (
    behindLonger.slice(1) === behindShorter.slice(1) ||
    (behindLonger[0] === behindShorter[1] &&
      behindLonger[1] === behindShorter[0] &&
      behindLonger.slice(2) === behindShorter.slice(2))
  );
}

function commonLength(one: string, other: string): number {
  let length = 0;
  while (length < other.length && one[length] === other[length]) length += 1;
  return length;
}
