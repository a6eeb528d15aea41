// What `beresta config check` says about operators that cannot work, before anybody waits for a code.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { BERESTA_BIN, Running } from './harness.mjs';

const folder = mkdtempSync(join(tmpdir(), 'beresta-config-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** What is told about these lines; files that are missing are told too and do not matter here. */
async function faultsOf(lines) {
  const file = join(folder, 'c.toml');
  writeFileSync(file, lines);
  const check = new Running(BERESTA_BIN, ['config', 'check', '--config', file], { cwd: folder });
  await check.ended;
  return check.output;
}

const smpp = (lines = '') => `[operator.a]\nkind = "smpp"\nhost = "h"\nsystem_id = "s"\nsource = "Beresta"\n${lines}\n`;
const sip = (pool) => `[operator.a]\nkind = "sip"\nhost = "h"\npool = ${JSON.stringify(pool)}\n`;

const refused = {
  'a kind there is none of': ['[operator.a]\nkind = "fax"\n', /operator\.a\.kind is "fax"[\s\S]*http, smpp or sip/],
  'a setting of another kind': [smpp('pool = ["+78432000000"]'), /there is no setting operator\.a\.pool/],
  'a name that is none': ['[operator."A b"]\nurl = "http://h"\n', /there is no section \[operator/],
  'an SMS centre without an address': ['[operator.a]\nkind = "smpp"\n', /operator\.a\.host is not set/],
  'a password the protocol cannot carry': [smpp('password = "123456789"'), /operator\.a\.password is too long/],
  'a sender telephones cannot show': [smpp().replace('"Beresta"', '"Beresta of the Republic"'), /operator\.a\.source is/],
  'a window of nothing': [smpp('window = 0'), /operator\.a\.window is/],
  'calls without numbers to ring from': ['[operator.a]\nkind = "sip"\nhost = "h"\n', /operator\.a\.pool/],
  'a pool in which a code could be guessed': [sip(['+78432000000-+78432099998']),
    /gives 99999 different endings of 5 digits[\s\S]*at least 100000/],
  'a pool that goes backwards': [sip(['+78432099999-+78432000000']), /operator\.a\.pool/],
  'a body without the number': ['[operator.a]\nchannel = "call"\nurl = "http://h"\nbody = "{code}"\n', /does not say \{to\}/],
};
for (const [what, [lines, complaint]] of Object.entries(refused)) {
  test(`refuses ${what}`, async () => assert.match(await faultsOf(lines), complaint));
}

test('has nothing against operators that can work', async () => {
  for (const lines of [smpp(), sip(['+78432000000-+78432049999', '+79172050000-+79172099999']), '[operator.a]\nchannel = "call"\nurl = "http://h"\n']) {
    assert.doesNotMatch(await faultsOf(lines), /operator/);
  }
});

test('never shows a password', async () => {
  assert.doesNotMatch(await faultsOf(smpp('password = "123456789"')), /123456789/);
});
