/** What the launcher's programs know of a running product: its requests, its playlists and its JSON. */
package millrace.product;
