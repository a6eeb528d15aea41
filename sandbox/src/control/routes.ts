// What tests reach for: the knobs, and the full records of the invented people.
import type { FaultBoard } from '../faults/board.js';
import { parseFault } from '../faults/board.js';
import { modesOf, targets } from '../faults/modes.js';
import { readJsonObject } from '../http/body.js';
import type { Reply } from '../http/exchange.js';
import { emptyReply, jsonReply } from '../http/exchange.js';
import { Refusal } from '../http/refusal.js';
import type { Router } from '../http/router.js';
import { demoPeople } from '../population/demo_people.js';
import type { Person } from '../population/person.js';
import type { Population } from '../population/population.js';

export function addControlRoutes(router: Router, population: Population, board: FaultBoard): void {
  const state = (): Reply =>
    jsonReply(200, {
      faults: board.list(),
      targets: Object.fromEntries(targets.map((target) => [target, modesOf(target)])),
    });
  router.add('GET', '/control/faults', state);
  router.add('POST', '/control/faults', async ({ request }) => {
    board.set(parseFault(await readJsonObject(request)));
    return state();
  });
  router.add('DELETE', '/control/faults', () => {
    board.clear();
    return emptyReply(204);
  });
  router.add('GET', '/control/people', ({ url }) => jsonReply(200, findPeople(population, url)));
}

function findPeople(population: Population, url: URL): unknown {
  if (url.searchParams.has('demo')) {
    return demoPeople.map((demo, index) => ({ ...population.at(index), note: demo.note }));
  }
  const snils = url.searchParams.get('snils');
  const person = snils === null
    ? population.at(Number(url.searchParams.get('index') ?? Number.NaN))
    : population.bySnils(snils.replace(/\D/g, ''));
  if (!person) throw new Refusal(404, 'nobody', 'Nobody has this index or SNILS. Use ?index=, ?snils= or ?demo=1.');
  return person satisfies Person;
}
