// The steps of a sign-in between the authorisation request and the way back: login, then consent.
import type Provider from 'oidc-provider';
import type { InteractionResults } from 'oidc-provider';
import { readForm } from '../http/body.js';
import type { Exchange, Handler, Reply } from '../http/exchange.js';
import type { Router } from '../http/router.js';
import { languageOf } from '../pages/language.js';
import { pageReply } from '../pages/page.js';
import { ageOn } from '../population/dates.js';
import type { Person } from '../population/person.js';
import type { Population } from '../population/population.js';
import { acrOf } from './claims.js';
import { errorReply, idpOwner } from './error_page.js';
import { consentBody, factsOf, interactionTitle, loginBody, loginProblem } from './interaction_pages.js';

export const everyonesPassword = 'demo';

/** With 14 years comes the passport, and with it an account of one's own. */
export const ageMin = 14;

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

export function addInteractionRoutes(
  router: Router,
  provider: Provider,
  population: Population,
  prefix: string,
): void {
  const path = `${prefix}/interaction/:uid`;
  const step = (handler: Step): Handler => withInteraction(provider, handler);
  router.add('GET', path, step((exchange, interaction) => showPage(exchange, interaction, population)));
  router.add('POST', `${path}/login`, step((exchange, interaction) => logIn(exchange, interaction, provider, population)));
  router.add('POST', `${path}/allow`, step((exchange, interaction) => allow(exchange, interaction, provider)));
  router.add('POST', `${path}/refuse`, step(async ({ request, response }) => {
    request.resume();
    const refusal = { error: 'access_denied', error_description: 'the person refused' };
    await provider.interactionFinished(request, response, refusal, { mergeWithLastSubmission: false });
    return undefined;
  }));
}

type Step = (exchange: Exchange, interaction: Interaction) => Promise<Reply | undefined> | Reply | undefined;

/** Finds the interaction by its cookie; an old or foreign one ends on a page that says so. */
function withInteraction(provider: Provider, step: Step): Handler {
  return async (exchange) => {
    let interaction: Interaction;
    try {
      interaction = await provider.interactionDetails(exchange.request, exchange.response);
    } catch {
      exchange.request.resume();
      return errorReply(exchange.request, exchange.url, 400, 'session_not_found', 'this sign-in has ended or never began here');
    }
    return step(exchange, interaction);
  };
}

function actionOf(exchange: Exchange): string {
  return exchange.url.pathname.replace(/\/login$/, '');
}

function showPage(exchange: Exchange, interaction: Interaction, population: Population): Reply {
  const language = languageOf(exchange.request, exchange.url, String(interaction.params['ui_locales'] ?? ''));
  const person = population.bySub(interaction.session?.accountId ?? '');
  if (interaction.prompt.name !== 'consent' || !person) return loginPage(exchange, interaction, population);
  const facts = missingScopes(interaction).flatMap((scope) => factsOf(scope, person, language));
  return pageReply({
    language,
    title: interactionTitle('consent', language),
    owner: idpOwner(language),
    layout: 'narrow',
    self: exchange.url,
    body: consentBody({ action: actionOf(exchange), person, facts }, language),
  });
}

function loginPage(
  exchange: Exchange,
  interaction: Interaction,
  population: Population,
  failed?: { readonly problem: 'unknown' | 'young'; readonly snils: string },
): Reply {
  const language = languageOf(exchange.request, exchange.url, String(interaction.params['ui_locales'] ?? ''));
  const error = failed && loginProblem(failed.problem, language);
  return pageReply({
    language,
    title: interactionTitle('login', language),
    owner: idpOwner(language),
    layout: 'narrow',
    self: new URL(actionOf(exchange), exchange.url),
    status: failed ? 401 : 200,
    body: loginBody(population, { action: actionOf(exchange), snils: failed?.snils ?? '', error }, language),
  });
}

async function logIn(
  exchange: Exchange,
  interaction: Interaction,
  provider: Provider,
  population: Population,
): Promise<Reply | undefined> {
  const form = await readForm(exchange.request);
  const person = whoSignsIn(form, population);
  const snils = form.get('snils') ?? '';
  if (!person) return loginPage(exchange, interaction, population, { problem: 'unknown', snils });
  if (ageOn(person.birth_date, population.todayDate()) < ageMin) {
    return loginPage(exchange, interaction, population, { problem: 'young', snils });
  }
  const login = { accountId: person.sub, acr: acrOf(person), amr: ['pwd'], remember: false };
  await provider.interactionFinished(exchange.request, exchange.response, { login }, { mergeWithLastSubmission: false });
  return undefined;
}

/** A demo person is chosen by card; anyone else needs their SNILS and the password. */
export function whoSignsIn(form: URLSearchParams, population: Population): Person | undefined {
  const card = form.get('person');
  if (card !== null) return /^[0-7]$/.test(card) ? population.at(Number(card)) : undefined;
  if (form.get('password') !== everyonesPassword) return undefined;
  return population.bySnils((form.get('snils') ?? '').replace(/\D/g, ''));
}

function missingScopes(interaction: Interaction): string[] {
  const missing: unknown = interaction.prompt.details['missingOIDCScope'];
  return Array.isArray(missing) ? missing.filter((scope) => typeof scope === 'string') : ['openid'];
}

async function allow(exchange: Exchange, interaction: Interaction, provider: Provider): Promise<Reply | undefined> {
  exchange.request.resume();
  const accountId = interaction.session?.accountId;
  const clientId = interaction.params['client_id'];
  if (interaction.prompt.name !== 'consent' || !accountId || typeof clientId !== 'string') {
    return errorReply(exchange.request, exchange.url, 400, 'invalid_request', 'nobody has signed in yet');
  }
  const grant = new provider.Grant({ accountId, clientId });
  grant.addOIDCScope(missingScopes(interaction).join(' '));
  const consent: InteractionResults = { consent: { grantId: await grant.save() } };
  await provider.interactionFinished(exchange.request, exchange.response, consent, { mergeWithLastSubmission: true });
  return undefined;
}
