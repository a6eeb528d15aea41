// An SMS centre on the npm package "smpp", wholly in the hands of a test: it answers as it is told.
import smpp from 'smpp';
import { until } from './harness.mjs';

export class TestCentre {
  /** What is answered to a submit_sm: 'ok', 'throttled', 'silent', 'drop', or a status. */
  mode = 'ok';
  /** Whether binds are allowed, and questions whether we live answered. */
  bindStatus = smpp.ESME_ROK;
  answersEnquiries = true;
  binds = 0;
  enquiries = 0;
  taken = [];
  unanswered = 0;

  /** @param options  key and cert, to be reached inside TLS */
  async start(options = {}) {
    this.server = smpp.createServer(options, (session) => this.#serve(session));
    await new Promise((resolve) => { this.server.listen(0, '127.0.0.1', resolve); });
    this.port = this.server.address().port;
    return this;
  }

  #serve(session) {
    session.on('error', () => session.destroy());
    session.on('bind_transceiver', (pdu) => {
      this.binds += 1;
      this.credentials = [pdu.system_id, pdu.password, pdu.interface_version];
      session.send(pdu.response({ command_status: this.bindStatus }));
      if (this.bindStatus === smpp.ESME_ROK) this.session = session;
    });
    session.on('enquire_link', (pdu) => {
      this.enquiries += 1;
      if (this.answersEnquiries) session.send(pdu.response());
    });
    session.on('unbind', (pdu) => { session.send(pdu.response()); session.close(); });
    session.on('submit_sm', (pdu) => this.#submit(session, pdu));
  }

  #submit(session, pdu) {
    if (this.mode === 'silent') this.unanswered += 1;
    if (this.mode === 'silent') return;
    if (this.mode === 'drop') { session.destroy(); return; }
    if (this.mode !== 'ok') { session.send(pdu.response({ command_status: this.mode })); return; }
    const id = `m${this.taken.length + 1}`;
    this.taken.push({ id, pdu });
    session.send(pdu.response({ message_id: id }));
  }

  /** Waits until a message for the number was taken; gives the newest. */
  message(phone, count = 1) {
    const to = phone.replace('+', '');
    return until(`message ${count} for the number at the SMS centre`, () => {
      const found = this.taken.filter(({ pdu }) => pdu.destination_addr === to);
      return found.length >= count && found.at(-1);
    });
  }

  report(id, stat, fields = {}) {
    return new Promise((resolve) => {
      this.session.deliver_sm({
        esm_class: smpp.ESM_CLASS.MC_DELIVERY_RECEIPT,
        source_addr: '79170000000',
        destination_addr: 'Beresta',
        short_message: `id:${id} sub:001 dlvrd:001 submit date:2611260000 done date:2611260000 stat:${stat} err:000 text:`,
        ...fields,
      }, resolve);
    });
  }

  async stop() {
    for (const session of [...this.server.sessions]) session.destroy();
    await new Promise((resolve) => { this.server.close(resolve); });
  }
}
