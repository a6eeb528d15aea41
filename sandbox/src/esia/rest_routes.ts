// /rs/prns/{oid}: the person, and their collections as links or, with embed, as objects.
import { isContentMode } from '../faults/modes.js';
import { withFaults } from '../faults/strike.js';
import type { Exchange, Handler, Reply } from '../http/exchange.js';
import { jsonReply } from '../http/exchange.js';
import { Refusal } from '../http/refusal.js';
import type { Router } from '../http/router.js';
import type { EsiaParts } from './parts.js';
import { esiaPrefix, esiaVoice } from './parts.js';
import type { Access } from './flows.js';
import type { CollectionName } from './records.js';
import { collectionNames, elementsOf, embeddedNames, mayRead, personRecord } from './records.js';
import { oidOf } from './tokens.js';

const persons = `${esiaPrefix}/rs/prns`;

export function addRestRoutes(router: Router, parts: EsiaParts): void {
  const serve = (answer: (exchange: Exchange, access: Access) => Reply): Handler =>
    withFaults(parts.board, 'esia.person', esiaVoice, (exchange) => answer(exchange, accessOf(exchange, parts)));
  router.add('GET', `${persons}/:oid`, serve((exchange, access) => person(exchange, access, parts)));
  for (const name of collectionNames) {
    router.add('GET', `${persons}/:oid/${name}`, serve((exchange, access) => {
      if (!mayRead(name, access.scopes)) return forbidden();
      return jsonReply(200, collection(parts, access, name, exchange.url.searchParams.get('embed') === '(elements)'));
    }));
    router.add('GET', `${persons}/:oid/${name}/:id`, serve((exchange, access) => element(exchange, access, name)));
  }
}

function forbidden(): Reply {
  return jsonReply(403, { code: 'ESIA-005004', message: 'Доступ запрещён' });
}

/** The Bearer token of this ESIA, and of the very person that is asked about. */
function accessOf({ request, params }: Exchange, parts: EsiaParts): Access {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const access = parts.flows.accessOf(token);
  if (!access) throw new Refusal(401, 'ESIA-005001', 'the access token is missing, unknown or expired');
  if (params['oid'] !== String(oidOf(access.person))) throw new Refusal(403, 'ESIA-005004', 'another person');
  return access;
}

function person(exchange: Exchange, access: Access, parts: EsiaParts): Reply {
  const record = personRecord(access.person, access.scopes);
  const embed = exchange.url.searchParams.get('embed');
  if (embed === null) return jsonReply(200, record);
  const wanted = /^\(([a-z.,]+)\)$/.exec(embed)?.[1]?.split(',') ?? [];
  const names = wanted.map((item) => embeddedNames[item.replace(/\.elements$/, '')]);
  if (names.length === 0 || names.includes(undefined)) return jsonReply(400, { code: 'ESIA-005009', message: 'embed' });
  for (const [position, item] of wanted.entries()) {
    const name = names[position];
    if (name && mayRead(name, access.scopes)) {
      record[item.replace(/\.elements$/, '')] = collection(parts, access, name, true);
    }
  }
  return jsonReply(200, record);
}

function collection(parts: EsiaParts, access: Access, name: CollectionName, embed: boolean): object {
  const all = elementsOf(access.person, name, access.scopes);
  const home = `${parts.publicUrl()}/rs/prns/${oidOf(access.person)}/${name}`;
  const fault = parts.board.take('esia.person', isContentMode);
  const elements: unknown[] = embed ? all : all.map(({ id }) => `${home}/${id}`);
  if (fault?.mode === 'foreign_link') elements.push('http://127.0.0.1:9/rs/prns/1/docs/1');
  if (fault?.mode === 'endless_links') elements.push(...Array.from({ length: 30 }, () => `${home}/${all[0]?.id}`));
  return { stateFacts: ['hasSize'], size: all.length, elements, eTag: '5A1B' };
}

function element(exchange: Exchange, access: Access, name: CollectionName): Reply {
  const found = elementsOf(access.person, name, access.scopes).find(({ id }) => String(id) === exchange.params['id']);
  return found ? jsonReply(200, found) : esiaVoice.notFound();
}
