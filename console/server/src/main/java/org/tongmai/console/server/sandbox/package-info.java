/** What is tried before it runs: a journalled message as a golden test, a candidate beside what runs. */
package org.tongmai.console.server.sandbox;
