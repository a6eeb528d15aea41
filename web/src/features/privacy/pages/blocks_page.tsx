import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { kBlockable, useBlocks } from '../../../shared/session/blocks';
import { Loaded } from '../../../shared/ui/loaded';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { BlockCard } from '../components/block_card';
import '../components/papers.css';

const kGoesOn = ['kept', 'seen', 'signIn', 'answered', 'deleted'] as const;

/** Stopping the use of one's data at once, and letting it go on. */
export function BlocksPage() {
  const { t } = useTranslation();
  const blocks = useBlocks();
  return (
    <Screen back="/my-data" header={t('common.back')} wide>
      <div className="screen__head">
        <PageTitle>{t('blocks.title')}</PageTitle>
        <p className="screen__lead">{t('blocks.lead')}</p>
      </div>
      <Loaded query={blocks} blocks={[220, 220]}>
        {(list) => (
          <div className="categories">
            {kBlockable.map((one) => (
              <BlockCard
                key={one}
                category={one}
                block={list.blocks.find(({ category }) => category === one)}
              />
            ))}
          </div>
        )}
      </Loaded>
      <section className="stack-s">
        <h2>{t('blocks.goesOnTitle')}</h2>
        <ul className="dashes">
          {kGoesOn.map((one) => (
            <li key={one}>{t(`blocks.goesOn.${one}`)}</li>
          ))}
        </ul>
      </section>
      <p className="soft">
        {t('blocks.byRequest')} <Link to="/requests/new">{t('blocks.toRequest')}</Link>
      </p>
    </Screen>
  );
}
