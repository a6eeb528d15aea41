// The terms of people's requests by the law of each country: the server is started for Kazakhstan and for Kyrgyzstan,
// and each due day is counted again here from the country's file, by a calendar of this test's own.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, test } from 'node:test';
import { startWorld } from './harness.mjs';
import { assertProblem, assertStatus, registerByCall } from './people.mjs';

const MINE = '/api/v1/subject-requests';
const DESK = '/api/v1/desk/subject-requests';
const FOLDER = fileURLToPath(new URL('../../jurisdictions/', import.meta.url));
const DAY_MS = 24 * 3600 * 1000;

/** Kind -> the name of its term in the country's file. */
const TERMS = {
  information: 'subject_request', copy: 'subject_request', correction: 'correction', blocking: 'subject_request',
  stop: 'stop_processing_on_demand', erasure: 'destruction_after_withdrawal', contest: 'subject_request', complaint: 'claim',
};
const COUNTRIES = {
  kz: { phone: (n) => `+7701600${1000 + n}`, law: /94-V/, authority: /Уполномоченный орган/, correction: [1, true], subject: [3, true] },
  kg: { phone: (n) => `+996700${600_100 + n}`, law: /№ 58/, authority: /Государственное агентство/, correction: [7, true], subject: [7, false] },
};

function lawOf(country) {
  return JSON.parse(execFileSync('python3', ['-c',
    "import json, sys, tomllib; print(json.dumps(tomllib.load(open(sys.argv[1], 'rb')), default=str))", join(FOLDER, `${country}.toml`)],
  { encoding: 'utf8' }));
}

/** The last day of a term that began on the day of `received`, where the country is. */
function dueDay(law, term, received) {
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(law.locale.utc_offset);
  const offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  const day = (at) => new Date(at).toISOString().slice(0, 10);
  const { calendar } = law;
  const isOff = (at) => {
    const date = day(at);
    if (calendar.moved_working_days.includes(date)) return false;
    const weekday = new Date(at).getUTCDay() || 7;
    return calendar.weekly_days_off.includes(weekday) || calendar.public_holidays.includes(date.slice(5)) || calendar.moved_days_off.includes(date);
  };
  let at = Math.floor((Date.parse(received) + offset) / DAY_MS) * DAY_MS;
  if (term.working_days === undefined) {
    at += term.calendar_days * DAY_MS;
    while (isOff(at)) at += DAY_MS;
  } else {
    for (let left = term.working_days; left > 0;) {
      at += DAY_MS;
      if (!isOff(at)) left -= 1;
    }
  }
  return { day: day(at), end: at + DAY_MS - offset };
}

for (const [country, facts] of Object.entries(COUNTRIES)) {
  describe(`a server of ${country}`, () => {
    let people = 0;
    const person = (world) => {
      people += 1;
      const phone = facts.phone(people);
      world.secrets.addPhone(phone);
      return registerByCall(world.client(), phone);
    };

    test('counts each term by the law of its country, and the desk works by it', async (t) => {
      const world = await startWorld({ changes: { installation: { jurisdiction: country } } });
      t.after(() => world.stop());
      const law = lawOf(country);
      const { client } = await person(world);
      const { kinds, authority } = assertStatus(await client.get(MINE), 200);
      assert.match(authority.name, facts.authority);
      const listed = Object.fromEntries(kinds.map((one) => [one.kind, one]));
      assert.deepEqual([listed.correction.days, listed.correction.in_working_days], facts.correction);
      assert.deepEqual([listed.contest.days, listed.contest.in_working_days], facts.subject);
      for (const [kind, name] of Object.entries(TERMS)) {
        const term = law.deadlines[name];
        assert.equal(listed[kind].days, term.working_days ?? term.calendar_days, kind);
        assert.equal(listed[kind].extension_working_days, term.extension_working_days ?? 0, kind);
        const made = assertStatus(await client.post(MINE, { kind, text: 'Прошу.' }), 201);
        const expected = dueDay(law, term, made.received_at);
        assert.equal(made.due_day, expected.day, `${kind}: received ${made.received_at}`);
        assert.equal(made.due_estimated, false);
        if (kind !== 'complaint') assert.match(made.basis, facts.law);
      }
      // The same requests as an English reader is told them: no letter of another alphabet in a norm.
      client.language = 'en';
      const english = assertStatus(await client.get(MINE), 200);
      for (const { basis, kind } of [...english.requests, ...english.kinds]) assert.match(basis, /^[\w .,;:()-]+$/, kind);
      assert.equal(english.requests.find(({ kind }) => kind === 'complaint').basis, 'user agreement');
      client.language = 'ru';
      const officer = await person(world);
      const granted = await world.run('staff', 'grant', '--phone', officer.phone, '--role', 'data_protection_officer', '--config', world.configFile);
      assert.equal(granted.code, 0, granted.output);
      const { requests } = assertStatus(await officer.client.get(DESK), 200);
      assert.equal(requests.length, Object.keys(TERMS).length);
      assert.deepEqual(requests.map((one) => one.due_day), requests.map((one) => one.due_day).sort());
      const [first] = requests;
      const act = (name, etag, json) => officer.client.call('POST', `${DESK}/${first.request_id}/${name}`, { json, headers: { 'if-match': etag } });
      assertStatus(await act('taking', '"1"'), 200);
      // Only Russia's law gives more time.
      assertProblem(await act('extension', '"2"', { text: 'Ещё' }), 409, 'request.no_extension');
      const detail = assertStatus(await officer.client.get(`${DESK}/${first.request_id}`), 200);
      assert.ok(detail.grounds.length > 0);
      assertStatus(await act('refusal', '"2"', { ground: detail.grounds[0].name, text: 'Нет.' }), 200);
    });
  });
}
