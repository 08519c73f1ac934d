import { Suggestions } from '../frame/Suggestions';
import { useUsersAndGroups } from '../frame/useUsersAndGroups';
import { TextSetting } from './TextSetting';
import { useSetting } from './useSetting';

/** The owner of the datasource, with suggestions from the catalog if available. */
export const OwnerSetting = () => {
  const { elementId, value } = useSetting<string>('owner');
  const list = `${elementId}-suggestions`;
  return (
    <>
      <TextSetting id="owner" list={list} />
      <Suggestions id={list} values={useUsersAndGroups(value)} />
    </>
  );
};
