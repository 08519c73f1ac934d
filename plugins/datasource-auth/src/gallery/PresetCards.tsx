import { Preset } from 'backstage-plugin-datasource-auth-common';
import { ProviderMark, usePaths } from '../frame';
import { CardGrid, LinkCard } from '../frame/LinkCard';
import { useText } from '../translation';

/** A card for each preset with its name, ways to authenticate, and caveat. */
export const PresetCards = ({ presets }: { presets: Preset[] }) => {
  const t = useText();
  const paths = usePaths();
  return (
    <CardGrid label={t('gallery.list')}>
      {presets.map(preset => (
        <li key={preset.id}>
          <LinkCard
            to={paths.provider(preset.id)}
            title={preset.title}
            mark={<ProviderMark title={preset.title} />}
            meta={preset.ways.map(way => t(`grant.${way}`)).join(' · ')}
            text={preset.caveat}
          />
        </li>
      ))}
    </CardGrid>
  );
};
