/** Files over SFTP and FTP: the kamelets {@code files-sftp-sink} and {@code files-ftp-sink}, and what they can fail with. */
package org.tongmai.adapters.files;
