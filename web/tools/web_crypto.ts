// Node 18 has WebCrypto, but not yet under its global name; browsers and Node 20 have both.
import { webcrypto } from 'node:crypto';

if (!('crypto' in globalThis)) Object.defineProperty(globalThis, 'crypto', { value: webcrypto });
