/** Classes that break one rule each, so that {@link org.millrace.store.ArchitectureTest} can see every rule fail. */
package org.millrace.store.archfixtures;
