// The mail server is spoken to line by line, as any client would.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { startWorld } from '../testing/world.js';

/** Sends the lines one by one, each after an answer; gives the answers' codes. */
async function converse(port: number, lines: readonly string[]): Promise<string[]> {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  const codes: string[] = [];
  const rest = [...lines];
  for await (const chunk of socket) {
    for (const line of String(chunk).split('\r\n')) if (/^\d{3} /.test(line)) codes.push(line.slice(0, 3));
    const next = rest.shift();
    if (next === undefined) break;
    socket.write(`${next}\r\n`);
  }
  socket.destroy();
  return codes;
}

const letter = ['Subject: =?UTF-8?B?0J/RgNC40LLQtdGC?=', 'Message-ID: <1@x>', '', 'body', '.'].join('\r\n');

test('a letter arrives, decoded, at the address it was sent to', async () => {
  const { sandbox, base } = await startWorld();
  try {
    const codes = await converse(sandbox.mailPort,
      ['EHLO x', 'MAIL FROM:<a@x.example>', 'RCPT TO:<Alsu@mail.example>', 'DATA', letter, 'QUIT']);
    assert.deepEqual(codes, ['220', '250', '250', '250', '354', '250', '221']);
    const letters = (await (await fetch(`${base}/mail/messages?to=alsu@mail.example`)).json()) as { subject: string; text: string }[];
    assert.deepEqual(letters.map(({ subject, text }) => [subject, text.trim()]), [['Привет', 'body']]);
    const page = await (await fetch(`${base}/mail?address=alsu@mail.example&lang=ru`)).text();
    assert.match(page, /Привет/);
  } finally {
    await sandbox.close();
  }
});

test('an address without letters has none', async () => {
  const { sandbox, base } = await startWorld();
  try {
    assert.deepEqual(await (await fetch(`${base}/mail/messages?to=x@y.example`)).json(), []);
  } finally {
    await sandbox.close();
  }
});
