/** Files over SFTP: the kamelet {@code files-sftp-sink} and what it can fail with. */
package org.tongmai.adapters.files;
