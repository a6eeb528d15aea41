// The registries behind the exchange: GET /r1/DEMO/GOV/{member}/{subsystem}/{service}/v1/{snils}.
import type { FaultBoard } from '../faults/board.js';
import { sleepWhileOpen, withFaults } from '../faults/strike.js';
import type { Handler } from '../http/exchange.js';
import { jsonReply } from '../http/exchange.js';
import type { Router } from '../http/router.js';
import { isSnils } from '../population/check_digits.js';
import type { Population } from '../population/population.js';
import type { Service } from './answers.js';
import { services } from './answers.js';
import { noSuchDocument, refuseClient, serviceFailed, unknownService, withEnvelope } from './xroad.js';

export function addRegistryRoutes(
  router: Router,
  population: Population,
  board: FaultBoard,
  slowMs: number,
): void {
  for (const service of services) {
    const serviceId = `DEMO/GOV/${service.owner}/${service.name}`;
    const answer = answerOf(service, population, slowMs);
    const voice = { unavailable: serviceFailed, notFound: noSuchDocument };
    const spoilt = withFaults(board, `registry.${service.name}`, voice, answer);
    router.add('GET', `/r1/${serviceId}/v1/:snils`, async (exchange) => {
      const reply = refuseClient(exchange.request) ?? (await spoilt(exchange));
      return reply && withEnvelope(exchange.request, serviceId, reply);
    });
  }
  router.add('GET', '/r1/:instance/:class/:member/:subsystem/:service/:version/:id', ({ request }) =>
    refuseClient(request) ?? unknownService());
}

function answerOf(service: Service, population: Population, slowMs: number): Handler {
  return async ({ response, params }) => {
    const snils = params['snils'] ?? '';
    if (!isSnils(snils)) {
      return jsonReply(400, { type: 'BadRequest', message: 'A SNILS is eleven digits with a true control number.' });
    }
    const person = population.bySnils(snils);
    if (!person) return noSuchDocument();
    if (person.slow) await sleepWhileOpen(response, slowMs);
    const answer = service.answer(person, population.todayDate());
    return answer ? jsonReply(200, answer) : noSuchDocument();
  };
}
