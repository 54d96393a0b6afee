/** What sandboxes have of the platform: its data types, from the running one or from what is packaged. */
package org.tongmai.console.app.sandbox;
