/** What the shell says to a user, in English. Sentences with a value in them are functions. */
import { plural } from "./plural";

export const en = {
  appName: "Adrastea",

  categories: { file: "File", view: "View", go: "Go", help: "Help", other: "Other" },

  commands: {
    newNotebook: "New notebook",
    open: "Open…",
    openFolder: "Open folder…",
    saveAs: "Save as…",
    close: "Close tab",
    palette: "Find a command…",
    sidePanel: "Show or hide the side panel",
    files: "Show files",
    running: "Show running kernels",
    settings: "Settings",
    theme: "Switch the theme",
    zoomIn: "Zoom in",
    zoomOut: "Zoom out",
    zoomReset: "Reset the zoom",
    fullScreen: "Full screen",
    nextTab: "Next tab",
    previousTab: "Previous tab",
    nextRegion: "Go to the next region",
    previousRegion: "Go to the previous region",
    keyboard: "Keyboard map",
    welcome: "Welcome page",
    about: "About Adrastea",
    quit: "Quit",
  },

  regions: {
    tabs: "Open documents",
    rail: "Panels",
    side: "Side panel",
    document: "Document",
    status: "Status",
    resizeSide: "Width of the side panel",
  },

  tabs: {
    welcome: "Welcome",
    settings: "Settings",
    close: (title: string) => `Close ${title}`,
    unsaved: (title: string) => `${title}, unsaved`,
    all: "All open documents",
    newNotebook: "New notebook",
    loading: "Opening…",
    search: "Find a command",
    menu: "Menu",
  },

  unavailable: {
    title: (name: string) => `${name} could not be opened`,
    missing: (path: string) =>
      `There is no file “${path}” in the open folder. It may have been moved, renamed or deleted.`,
    create: "Create this notebook",
    retry: "Try again",
    close: "Close this tab",
    openAsText: "Open as text",
  },

  palette: {
    label: "Commands",
    placeholder: "Type a command, or / for files",
    nothing: (query: string) => `No command matches “${query}”.`,
    noFiles: (query: string) => `Nothing in the folder matches “${query}”.`,
    unavailable: "not available now",
    recent: "used recently",
    openThisFolder: (name: string) => `Show ${name} in the files panel`,
    files: "Files",
    folder: "folder",
  },

  status: {
    command: "Command",
    edit: "Edit",
    noKernel: "No kernel",
    starting: "Starting",
    idle: "Idle",
    busy: "Busy",
    restarting: "Restarting",
    dead: "Died",
    waitingForInput: "Waiting for input",
    queued: (count: number) => `${count} queued`,
    saved: (time: string) => `Saved ${time}`,
    savedPlain: "Saved",
    unsaved: "Unsaved",
    saving: "Saving",
    failed: "Save failed",
    changedOnDisk: "Changed on disk",
    readOnly: "Read only",
    position: (line: number, column: number) => `Ln ${line}, Col ${column}`,
    connecting: "Connecting…",
    reconnecting: (seconds: number) => (seconds > 0 ? `Reconnecting in ${seconds} s` : "Reconnecting…"),
    offline: "Offline: edits are kept here",
    chord: (first: string) => `${first} …`,
  },

  welcome: {
    title: "Adrastea",
    subtitle: "Jupyter notebooks, at once.",
    start: "Start",
    recent: "Recent",
    nothingRecent: "What you open will be listed here.",
    kernels: "Kernels on this computer",
    loading: "Looking for kernels…",
    noKernel: "No Python kernel found",
    noKernelHint:
      "Notebooks can be read and edited, but not run. Install one with “pip install ipykernel” in the Python that you use, then look again.",
    lookAgain: "Look again",
    failed: (message: string) => `The list of kernels could not be read: ${message}`,
    isDefault: "default",
    keys: (mode: string, run: string, palette: string) =>
      `${mode} switch modes; ${run} runs; ${palette} finds everything.`,
    modes: "Esc / Enter",
  },

  keyboard: {
    title: "Keyboard map",
    intro: "Single letters act in command mode only: press Esc first.",
    filter: "Filter",
    noMatch: (query: string) => `No command matches “${query}”.`,
    inMode: { command: "command mode", edit: "edit mode", always: "" },
    close: "Close",
    or: "or",
  },

  about: {
    title: "About Adrastea",
    text: "A desktop application for Jupyter notebooks. Everything runs on this computer; nothing is reported to anyone.",
    version: (version: string) => `Version ${version}`,
    close: "Close",
  },

  dialogs: {
    cancel: "Cancel",
    restartTitle: "Restart the kernel?",
    restartIdle: "All variables are lost. The notebook and its outputs stay.",
    restartBusy: (queued: number) =>
      queued > 0
        ? `The running cell is stopped and ${plural(queued, "queued cell")} will not run. All variables are lost. The notebook and its outputs stay.`
        : "The running cell is stopped. All variables are lost. The notebook and its outputs stay.",
    restart: "Restart",
    restartAndRun: "Restart and run all",
    shutdownTitle: "Shut down the kernel?",
    shutdown: "Shut down",
    changeTitle: "Change the kernel?",
    change: "Change",
    closeTitle: (name: string) => `Close ${name} without saving?`,
    closeText: "What you changed since the last save is not on disk yet.",
    save: "Save",
    dontSave: "Don’t save",
    newFileTitle: "Save as",
    newFileLabel: "Name",
    replaceTitle: (name: string) => `Replace ${name}?`,
    replaceText: "There is a file of this name already. What is in it is gone after that.",
    replace: "Replace",
  },

  toasts: {
    label: "Messages",
    dismiss: "Dismiss",
    commandFailed: (title: string, reason: string) => `${title}: ${reason}`,
    savedAs: (path: string) => `Saved as ${path}.`,
    notHere: "This is not available here.",
    outside: (path: string) => `“${path}” cannot be opened.`,
    crashed: "This part of the window could not be shown.",
  },
} as const;
