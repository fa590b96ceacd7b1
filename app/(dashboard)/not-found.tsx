/** The same page, inside the dashboard's frame. */
export { default } from "../not-found";
