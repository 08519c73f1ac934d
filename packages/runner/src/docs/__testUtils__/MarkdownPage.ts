import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Content, Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { inRepository } from '../../repository';

const markdown = unified().use(remarkParse).use(remarkGfm);

/** Targets of links that leave the documentation site. */
const REPOSITORY =
  /^https:\/\/github\.com\/datasource-auth\/backstage-plugin-datasource-auth\/(?:blob|tree)\/main\/([^#]*)/;

type Node = Root | Content;

/** Code on a page. */
export interface Snippet {
  language: string;
  code: string;
  /** The file of this repository that it claims to be. */
  file?: string;
}

/** A page of the documentation, or a README. */
export class MarkdownPage {
  static readonly #known = new Map<string, MarkdownPage>();

  /** Path from the root of the repository. */
  readonly path: string;
  readonly text: string;
  readonly #root: Root;

  /** Returns every page for readers. */
  static all(): MarkdownPage[] {
    const inPlugins = readdirSync(inRepository('plugins'))
      .map(name => join('plugins', name, 'README.md'))
      .filter(path => existsSync(inRepository(path)));
    return [
      ...MarkdownPage.docs(),
      ...[...inPlugins, 'README.md', 'CONTRIBUTING.md', 'SECURITY.md'].map(
        path => MarkdownPage.read(path),
      ),
    ];
  }

  /** Returns the pages of the site. */
  static docs(): MarkdownPage[] {
    return readdirSync(inRepository('docs'))
      .filter(name => name.endsWith('.md'))
      .map(name => MarkdownPage.read(join('docs', name)));
  }

  /** @param path - from the root of the repository, such as `docs/consuming.md` */
  static read(path: string): MarkdownPage {
    const known = MarkdownPage.#known.get(path);
    if (known) return known;
    const text = readFileSync(inRepository(path), 'utf8');
    const page = new MarkdownPage(path, text);
    MarkdownPage.#known.set(path, page);
    return page;
  }

  private constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
    this.#root = markdown.parse(text);
  }

  /** Returns its second-level headings. */
  get headings(): string[] {
    return this.#root.children.filter(isSection).map(textOf);
  }

  /** Returns its code, including code in lists. */
  get snippets(): Snippet[] {
    const nodes = nodesIn(this.#root);
    return nodes.flatMap((node, index) => {
      if (node.type !== 'code') return [];
      const before = nodes[index - 1];
      const comment = before.type === 'html' ? before.value : '';
      return {
        language: node.lang ?? '',
        code: `${node.value}\n`,
        file: /^<!-- file: (\S+) -->$/.exec(comment)?.[1],
      };
    });
  }

  /** Returns the cells of the tables under a heading, without table headers. Without a heading, of all tables. */
  rows(heading?: string): string[][] {
    return this.#section(heading)
      .flatMap(nodesIn)
      .flatMap(node => (node.type === 'table' ? node.children.slice(1) : []))
      .map(row => row.children.map(cell => this.#source(cell.children)));
  }

  /** Returns broken links within this repository. External links aren't checked. */
  get brokenLinks(): string[] {
    return nodesIn(this.#root)
      .flatMap(node => ('url' in node ? node.url : []))
      .filter(target => !this.#leadsSomewhere(target));
  }

  /** Returns its pictures, as paths from the root of the repository. */
  get pictures(): string[] {
    return nodesIn(this.#root).flatMap(node =>
      node.type === 'image' ? join(dirname(this.path), node.url) : [],
    );
  }

  #leadsSomewhere(target: string): boolean {
    const [, ownFile] = REPOSITORY.exec(target) ?? [];
    if (!ownFile && /^(https?:|mailto:)/.test(target)) return true;
    const [path, anchor] = target.split('#');
    // Files outside the folder aren't part of the site.
    if (this.path.startsWith('docs/') && path.startsWith('../')) return false;
    const file = ownFile ?? (path && join(dirname(this.path), path));
    if (file && !existsSync(inRepository(file))) return false;
    if (!anchor) return true;
    return (file ? MarkdownPage.read(file) : this).#hasAnchor(anchor);
  }

  /** Whether a heading has this anchor both on GitHub and on the site: MkDocs merges several dashes into one. */
  #hasAnchor(anchor: string): boolean {
    return nodesIn(this.#root).some(node => {
      if (node.type !== 'heading') return false;
      const text = textOf(node)
        .toLowerCase()
        .replace(/[^\p{L}\p{N}_ -]/gu, '');
      return (
        text.replace(/ /g, '-') === anchor &&
        text.trim().replace(/[ -]+/g, '-') === anchor
      );
    });
  }

  /** Returns the nodes under a second-level heading. Without a heading, all nodes. */
  #section(heading?: string): Content[] {
    const { children } = this.#root;
    if (heading === undefined) return children;
    const start = children.findIndex(
      node => isSection(node) && textOf(node) === heading,
    );
    if (start < 0) return [];
    const rest = children.slice(start + 1);
    const end = rest.findIndex(isSection);
    return end < 0 ? rest : rest.slice(0, end);
  }

  /** Returns the Markdown of sibling nodes. */
  #source(nodes: Content[]): string {
    return this.text.slice(
      nodes[0]?.position!.start.offset ?? 0,
      nodes.at(-1)?.position!.end.offset ?? 0,
    );
  }
}

function isSection(node: Node): boolean {
  return node.type === 'heading' && node.depth === 2;
}

/** Returns a node and all its descendants, in document order. */
function nodesIn(node: Node): Node[] {
  const children = 'children' in node ? node.children : [];
  return [node, ...children.flatMap(nodesIn)];
}

function textOf(node: Node): string {
  return nodesIn(node)
    .map(each => ('value' in each ? each.value : ''))
    .join('');
}
