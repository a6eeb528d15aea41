import type cabinet from './cabinet.ru.json';
import type consents from './consents.ru.json';
import type desk from './desk.ru.json';
import type papers from './papers.ru.json';
import type requests from './requests.ru.json';
import type ru from './ru.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: {
      translation: typeof ru & typeof cabinet & typeof consents & typeof desk & typeof requests & typeof papers;
    };
  }
}
