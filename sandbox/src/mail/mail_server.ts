// The mail server of whoever Beresta writes to: takes every letter, by an SMTP implementation and a MIME
// parser that are not ours.
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { Mailboxes } from './mailbox.js';

export interface MailServer {
  readonly port: number;
  close(): Promise<void>;
}

const letterBytesMax = 256 * 1024;

export async function startMailServer(port: number, host: string, boxes: Mailboxes): Promise<MailServer> {
  const server = new SMTPServer({
    authOptional: true,
    // On this machine and in clear: a certificate of our own would prove nothing to anybody here.
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    size: letterBytesMax,
    logger: false,
    onData(stream, session, callback) {
      simpleParser(stream).then((mail) => {
        for (const { address } of session.envelope.rcptTo) {
          boxes.deliver({
            id: randomUUID(),
            at: new Date().toISOString(),
            to: address,
            from: mail.from?.text ?? '',
            subject: mail.subject ?? '',
            text: mail.text ?? '',
            messageId: mail.messageId ?? '',
          });
        }
        callback();
      }, (error: unknown) => callback(error instanceof Error ? error : new Error(String(error))));
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  // A client that breaks off is not a fault of the sandbox.
  server.on('error', () => undefined);
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
