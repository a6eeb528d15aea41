import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const [lightText = '', darkText = ''] = css.split('@media (prefers-color-scheme: dark)');

function tokens(text: string): Map<string, string> {
  return new Map([...text.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map((m) => [m[1]!, m[2]!]));
}

const light = tokens(lightText);
const dark = new Map([...light, ...tokens(darkText)]);

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const c = parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const kText = 4.5;
const kShape = 3;
const pairs: [foreground: string, background: string, least: number][] = [
  ['ink', 'paper', 7],
  ['ink', 'surface', 7],
  ['ink', 'sunken', 7],
  ['ink-soft', 'paper', kText],
  ['ink-soft', 'surface', kText],
  ['ink-soft', 'sunken', kText],
  ['ink-soft', 'moss', kText],
  ['pine', 'paper', kText],
  ['pine', 'surface', kText],
  ['pine', 'moss', kText],
  ['pine-deep', 'paper', kText],
  ['pine-deep', 'surface', kText],
  ['on-fill', 'fill', kText],
  ['on-fill', 'fill-hover', kText],
  ['on-fill-soft', 'fill', kText],
  ['on-moss', 'moss', kText],
  ['ember', 'paper', kText],
  ['ember', 'surface', kText],
  ['ember', 'ember-soft', kText],
  ['on-ember-soft', 'ember-soft', kText],
  ['ok', 'surface', kText],
  ['ok', 'paper', kText],
  ['danger', 'surface', kText],
  ['danger', 'paper', kText],
  ['line-strong', 'surface', kShape],
  ['line-strong', 'paper', kShape],
  ['fill', 'paper', kShape],
  ...['yes', 'no', 'bad', 'late', 'unread'].map(
    (name): [string, string, number] => ['verdict-ink', `verdict-${name}`, kText],
  ),
  ...['passport', 'driving_licence', 'snils', 'oms', 'inn'].map(
    (name): [string, string, number] => ['card-ink', `card-${name}`, kText],
  ),
];

describe.each([
  ['light', light],
  ['dark', dark],
])('the %s theme', (_name, theme) => {
  it.each(pairs)('%s on %s reaches %d', (foreground, background, least) => {
    const a = theme.get(foreground);
    const b = theme.get(background);
    expect(a, foreground).toBeDefined();
    expect(b, background).toBeDefined();
    expect(contrast(a!, b!)).toBeGreaterThanOrEqual(least);
  });
});
