// CDKTF keeps a stack trace with every token it makes, to point at the code that made a faulty one; that is nine tenths of the time it takes to
// build a large tree. cdktn reads this variable whenever a token is made, so it is enough that this module is loaded before the first construct.
process.env.CDKTN_DISABLE_CREATION_STACK ??= "1";
