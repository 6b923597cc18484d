/** Files that are dragged from another program onto a document, and what it can do with them. */

export interface Dropped {
  readonly files: readonly File[];
  /** Where a file lies in the workspace; it is copied into `folder` when it is from elsewhere. `null`: not to be had. */
  pathOf(file: File, folder: string): Promise<string | null>;
}

export interface DropAction {
  readonly label: string;
  readonly run: () => Promise<void>;
}

export interface DropTarget {
  /** Shows where what is dragged over an element would come. */
  over(element: Element, y: number): void;
  leave(): void;
  /** What can be done with the files at the place that was shown last; nothing: they are opened. */
  actions(dropped: Dropped): readonly DropAction[];
}
