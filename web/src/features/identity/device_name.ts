const kSystems: readonly (readonly [RegExp, string])[] = [
  [/Android/, 'Android'],
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'Mac'],
  [/Linux/, 'Linux'],
];

/** A name for a passkey made on this device; its owner may change it. */
export function deviceName(userAgent: string): string {
  return kSystems.find(([sign]) => sign.test(userAgent))?.[1] ?? 'Passkey';
}
