import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

type Rgb = [number, number, number];

const css = readFileSync(new URL("../../app/globals.css", import.meta.url), "utf8");
const blockOf = (selector: string) => css.slice(css.indexOf(`\n${selector} {`)).split("\n}")[0] ?? "";

/** A token as linear sRGB (Ottosson's matrices). */
function colour(block: string, name: string): Rgb {
  const found = new RegExp(`--${name}: oklch\\(([\\d.]+) ([\\d.]+) ([\\d.]+)\\)`).exec(block);
  const [light, chroma, hue] = found ? found.slice(1).map(Number) : [];
  if (light === undefined || chroma === undefined)
    return /--surface: oklch\(1 0 0\)/.test(block) ? [1, 1, 1] : [0, 0, 0];
  const a = chroma * Math.cos(((hue ?? 0) * Math.PI) / 180);
  const b = chroma * Math.sin(((hue ?? 0) * Math.PI) / 180);
  const l = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (light - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
function contrast(one: Rgb, two: Rgb): number {
  const [dark = 0, bright = 0] = [luminance(one), luminance(two)].sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}

function lab([r, g, b]: Rgb): Rgb {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}
const apart = (one: Rgb, two: Rgb) => Math.hypot(...lab(one).map((v, i) => v - (lab(two)[i] ?? 0)));

/** How people without one kind of cone see (Machado 2009, full severity). */
const SIGHT: Record<string, Rgb[]> = {
  full: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};
const seen = (sight: Rgb[], [r, g, b]: Rgb): Rgb =>
  sight.map(([x, y, z]) => Math.min(1, Math.max(0, x * r + y * g + z * b))) as Rgb;

describe.each([
  ["light", blockOf(":root")],
  ["dark", blockOf(".dark")],
])("chart colours, %s", (_, block) => {
  const series = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => colour(block, `chart-${n}`));

  test("stand out from the surface by 3:1", () => {
    const surface = colour(block, "surface");
    for (const one of [...series, colour(block, "chart-other")]) expect(contrast(one, surface)).toBeGreaterThan(3);
  });

  test.each(Object.entries(SIGHT))("are told apart with %s", (_, sight) => {
    const all = series.map((one) => seen(sight, one));
    for (const [i, one] of all.entries())
      for (const [j, two] of all.entries())
        if (i < j) expect(apart(one, two), `${i + 1} and ${j + 1}`).toBeGreaterThan(j === i + 1 ? 0.12 : 0.065);
  });
});
