// The npm package "smpp" on both sides of the row smpp_submit: the SMS centre that takes messages, and
// the client that ours is measured against.
//   node smpp_peer.mjs centre                         prints its port, ends on SIGTERM
//   node smpp_peer.mjs client PORT WINDOW SECONDS     prints rates like beresta_bench
import { createRequire } from 'node:module';

const smpp = createRequire(new URL('../sandbox/package.json', import.meta.url))('smpp');
const TEXT = 'Береста: ваш код 481516. Никому его не называйте.';

function centre() {
  let taken = 0;
  const server = smpp.createServer((session) => {
    session.on('error', () => session.destroy());
    session.on('bind_transceiver', (pdu) => session.send(pdu.response()));
    session.on('unbind', (pdu) => { session.send(pdu.response()); session.close(); });
    session.on('enquire_link', (pdu) => session.send(pdu.response()));
    session.on('submit_sm', (pdu) => { taken += 1; session.send(pdu.response({ message_id: String(taken) })); });
  });
  server.listen(0, '127.0.0.1', () => console.log(server.address().port));
}

function client(port, window, seconds) {
  const session = smpp.connect({ url: `smpp://127.0.0.1:${port}` }, () => {
    session.bind_transceiver({ system_id: 'beresta', password: 'secret' }, () => {
      const [started, before] = [performance.now(), process.cpuUsage()];
      let [done, underWay] = [0, window];
      const send = () => session.submit_sm({
        source_addr: 'Beresta', source_addr_ton: 5, destination_addr: '79175550142', dest_addr_ton: 1, dest_addr_npi: 1,
        registered_delivery: 1, data_coding: 8, short_message: TEXT,
      }, (pdu) => {
        if (pdu.command_status !== 0) throw new Error(`refused: ${pdu.command_status}`);
        done += 1;
        const wall = (performance.now() - started) / 1000;
        if (wall < seconds) { send(); return; }
        underWay -= 1;
        if (underWay > 0) return;
        const { user, system } = process.cpuUsage(before);
        console.log(JSON.stringify({ per_second: done / wall, per_core_second: done / ((user + system) / 1e6) }));
        process.exit(0);
      });
      for (let i = 0; i < window; i += 1) send();
    });
  });
}

const [role, ...numbers] = process.argv.slice(2);
if (role === 'centre') centre();
else client(...numbers.map(Number));
