/** Where keys lie, and how data keys are kept under them: files, key stores, hardware security modules. */
package org.tongmai.standards.crypto.vault;
