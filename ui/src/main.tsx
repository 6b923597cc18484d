/** The UI's composition root. */
import { render } from "preact";

const root = document.getElementById("root");
if (root) render(<p>Adrastea</p>, root);
