// The part a browser sees: the authorization request, who are you, may it be passed on, and the end
// of the session.
import type { Exchange, Handler, Reply } from '../http/exchange.js';
import { seeOther } from '../http/exchange.js';
import { readForm } from '../http/body.js';
import type { Router } from '../http/router.js';
import { withFaults } from '../faults/strike.js';
import { errorReply, idpOwner } from '../idp/error_page.js';
import { consentBody, interactionTitle, loginBody, loginProblem } from '../idp/interaction_pages.js';
import { ageMin, whoSignsIn } from '../idp/interaction_routes.js';
import { languageOf } from '../pages/language.js';
import { pageReply } from '../pages/page.js';
import { ageOn } from '../population/dates.js';
import { esiaFacts } from './consent_facts.js';
import type { EsiaParts } from './parts.js';
import { esiaPrefix, esiaVoice } from './parts.js';
import type { Flow } from './flows.js';
import { EsiaProblem, refuse } from './problem.js';
import type { Scheme } from './request.js';
import { Parameters } from './request.js';

export function addAuthorizeRoutes(router: Router, parts: EsiaParts): void {
  const page = (handler: Handler): Handler => withFaults(parts.board, 'esia.pages', esiaVoice, handler);
  router.add('GET', `${esiaPrefix}/aas/oauth2/ac`, page((exchange) => authorize(exchange, parts, 'v1')));
  router.add('GET', `${esiaPrefix}/aas/oauth2/v2/ac`, page((exchange) => authorize(exchange, parts, 'v2')));
  const path = `${esiaPrefix}/interaction/:uid`;
  router.add('GET', path, page((exchange) => withFlow(exchange, parts, (flow) => showPage(exchange, parts, flow))));
  router.add('POST', `${path}/login`, page((exchange) => withFlow(exchange, parts, (flow) => logIn(exchange, parts, flow))));
  router.add('POST', `${path}/allow`, page((exchange) => withFlow(exchange, parts, (flow) => allow(exchange, parts, flow))));
  router.add('POST', `${path}/refuse`, page((exchange) => withFlow(exchange, parts, (flow) => {
    exchange.request.resume();
    parts.flows.take(flow.uid);
    return sendBack(flow.request.redirectUri, flow.request.state, new EsiaProblem('007004'));
  })));
  router.add('GET', `${esiaPrefix}/idp/ext/Logout`, page((exchange) => logOut(exchange, parts)));
}

async function authorize(exchange: Exchange, parts: EsiaParts, scheme: Scheme): Promise<Reply> {
  let address: { readonly uri: string; readonly state: string } | undefined;
  try {
    const parameters = new Parameters(exchange.url.searchParams);
    const client = parts.judge.findClient(parameters);
    address = { uri: parameters.get('redirect_uri'), state: parameters.get('state') };
    parts.refusals.strike('authorize');
    if (parameters.need('response_type') !== 'code') refuse('007012');
    const accessType = parameters.need('access_type');
    if (!['online', 'offline'].includes(accessType)) refuse('007003');
    const codeChallenge = parameters.get('code_challenge');
    if (client.pkce && codeChallenge === '') refuse('007039');
    if (codeChallenge !== '' && parameters.get('code_challenge_method') !== 'GOST3411') refuse('007003');
    const personFilter = parameters.get('person_filter');
    if (!['', 'conf_acc'].includes(personFilter)) refuse('007003');
    const request = await parts.judge.check(client, parameters, scheme, '');
    const flow = parts.flows.begin({
      request, scheme, codeChallenge, offline: accessType === 'offline', confirmedOnly: personFilter === 'conf_acc',
      language: languageOf(exchange.request, exchange.url),
    });
    return seeOther(`${esiaPrefix}/interaction/${flow.uid}`);
  } catch (error) {
    if (!(error instanceof EsiaProblem)) throw error;
    // Whoever is not known, or asks for an answer to an unknown address, gets none there.
    if (!address) return errorReply(exchange.request, exchange.url, 400, `ESIA-${error.code}`, error.message);
    return sendBack(address.uri, address.state, error);
  }
}

function sendBack(uri: string, state: string, problem: EsiaProblem): Reply {
  const url = new URL(uri);
  url.searchParams.set('error', problem.error);
  url.searchParams.set('error_description', problem.message);
  url.searchParams.set('state', state);
  return seeOther(url.href);
}

function withFlow(
  exchange: Exchange,
  parts: EsiaParts,
  step: (flow: Flow) => Reply | Promise<Reply>,
): Reply | Promise<Reply> {
  const flow = parts.flows.find(exchange.params['uid'] ?? '');
  if (flow) return step(flow);
  exchange.request.resume();
  return errorReply(exchange.request, exchange.url, 400, 'session_not_found', 'this sign-in has ended or never began here');
}

function showPage(exchange: Exchange, parts: EsiaParts, flow: Flow): Reply {
  const { person } = flow;
  if (!person) return loginPage(exchange, parts);
  const language = languageOf(exchange.request, exchange.url);
  return pageReply({
    language,
    title: interactionTitle('consent', language),
    owner: idpOwner(language),
    layout: 'narrow',
    self: exchange.url,
    body: consentBody(
      { action: exchange.url.pathname, person, facts: esiaFacts(flow.request.scopes, person, language) }, language),
  });
}

function loginPage(
  exchange: Exchange,
  parts: EsiaParts,
  failed?: { readonly problem: 'unknown' | 'young'; readonly snils: string },
): Reply {
  const language = languageOf(exchange.request, exchange.url);
  const action = exchange.url.pathname.replace(/\/login$/, '');
  return pageReply({
    language,
    title: interactionTitle('login', language),
    owner: idpOwner(language),
    layout: 'narrow',
    self: new URL(action, exchange.url),
    status: failed ? 401 : 200,
    body: loginBody(
      parts.population,
      { action, snils: failed?.snils ?? '', error: failed && loginProblem(failed.problem, language) },
      language,
    ),
  });
}

async function logIn(exchange: Exchange, parts: EsiaParts, flow: Flow): Promise<Reply> {
  const form = await readForm(exchange.request);
  const person = whoSignsIn(form, parts.population);
  const snils = form.get('snils') ?? '';
  if (!person) return loginPage(exchange, parts, { problem: 'unknown', snils });
  if (ageOn(person.birth_date, parts.population.todayDate()) < ageMin) {
    return loginPage(exchange, parts, { problem: 'young', snils });
  }
  if (flow.confirmedOnly && !person.trusted) {
    parts.flows.take(flow.uid);
    return sendBack(flow.request.redirectUri, flow.request.state, new EsiaProblem('007055'));
  }
  flow.person = person;
  return seeOther(`${esiaPrefix}/interaction/${flow.uid}`);
}

function allow(exchange: Exchange, parts: EsiaParts, flow: Flow): Reply {
  exchange.request.resume();
  const { person } = flow;
  if (!person) return errorReply(exchange.request, exchange.url, 400, 'invalid_request', 'nobody has signed in yet');
  parts.flows.take(flow.uid);
  const url = new URL(flow.request.redirectUri);
  url.searchParams.set('code', parts.flows.allow(flow, person));
  url.searchParams.set('state', flow.request.state);
  return seeOther(url.href);
}

/** The parameter is redirect_url here, and only addresses of the system are led to. */
function logOut(exchange: Exchange, parts: EsiaParts): Reply {
  const client = parts.clients.find(exchange.url.searchParams.get('client_id') ?? '');
  const target = exchange.url.searchParams.get('redirect_url') ?? '';
  const origins = client?.redirect_uris.map((uri) => new URL(uri).origin) ?? [];
  if (!URL.canParse(target) || !origins.includes(new URL(target).origin)) {
    return errorReply(exchange.request, exchange.url, 400, 'ESIA-007023', 'redirect_url is not registered');
  }
  return seeOther(target);
}
