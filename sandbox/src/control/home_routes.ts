// GET / lists everything; POST /knobs is the form under it.
import type { FaultBoard } from '../faults/board.js';
import { parseFault } from '../faults/board.js';
import { readForm } from '../http/body.js';
import type { Exchange, Reply } from '../http/exchange.js';
import { seeOther } from '../http/exchange.js';
import { Refusal } from '../http/refusal.js';
import type { Router } from '../http/router.js';
import { languageOf } from '../pages/language.js';
import { pageReply } from '../pages/page.js';
import type { Population } from '../population/population.js';
import { homeBody, homeTitle } from './home_page.js';

export function addHomeRoutes(router: Router, population: Population, board: FaultBoard, hasClinic = false): void {
  const home = ({ request, url }: Exchange, error?: string): Reply => {
    const language = languageOf(request, url);
    const discovery = '/idp/.well-known/openid-configuration';
    return pageReply({
      language,
      title: homeTitle(language),
      owner: language === 'ru' ? 'Песочница' : 'Sandbox',
      body: homeBody(population, board.list(), discovery, hasClinic, language, error),
      self: new URL('/', url),
      layout: 'wide',
      status: error ? 400 : 200,
    });
  };
  router.add('GET', '/', (exchange) => home(exchange));
  router.add('POST', '/knobs', async (exchange) => {
    try {
      turn(board, await readForm(exchange.request));
      return seeOther('/#faults');
    } catch (error) {
      if (error instanceof Refusal) return home(exchange, error.message);
      throw error;
    }
  });
}

function turn(board: FaultBoard, form: URLSearchParams): void {
  if (form.get('action') === 'clear') {
    board.clear();
    return;
  }
  const number = (name: string): number | undefined => {
    const text = form.get(name)?.trim() ?? '';
    return text === '' ? undefined : Number(text);
  };
  board.set(parseFault({
    target: form.get('target'),
    mode: form.get('mode'),
    delay_ms: number('delay_ms'),
    times: number('times'),
  }));
}
