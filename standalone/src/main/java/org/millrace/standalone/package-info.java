/**
 * Everything in one process: the API and a worker joined in memory, SQLite and the local disk. There is no logic
 * here; the module only gathers the other two and says in {@code application.properties} that no broker is used.
 */
package org.millrace.standalone;
