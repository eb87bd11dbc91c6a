import { createLibraryWorld } from "/work/main/property-tests/arbitraries/library-world.ts";
import { madeUpRecord, faceOf } from "/work/main/property-tests/arbitraries/library-photos.ts";
import { planEdit } from "/work/main/core/projection/plan-edit.ts";
import { encodeFact } from "/work/main/core/facts/fact-codec.ts";
const world = createLibraryWorld();
const laptop = world.device("Laptop");
const rnd=(()=>{let s=1;return()=>{s=(s*1103515245+12345)&0x7fffffff;return s/0x7fffffff}})();
const N=+(process.argv[2]??2000), F=+(process.argv[3]??3000);
const recs:any[]=[];
for(let n=1;n<=N;n++){const k=Math.floor(rnd()*6);const r:any=madeUpRecord(n,Array.from({length:k},()=>Math.floor(rnd()*24)));
 // noise 128-d
 r.faces=r.faces.map((f:any)=>{const v=new Int8Array(128);for(let i=0;i<128;i++)v[i]=Math.round((rnd()-.5)*4);for(let i=0;i<32;i++)v[i]=Math.max(-127,Math.min(127,v[i]!+f.vector[i]!));return {...f,vector:v}});
 recs.push(r);}
for(let i=0;i<recs.length;i+=100) laptop.write({what:"import",announcement:(await import("/work/main/property-tests/arbitraries/library-world.ts")).announcementOf(recs.slice(i,i+100),world), height:i+1});
const faces=recs.flatMap(r=>r.faces.map((_:any,i:number)=>faceOf(r,i)));
console.log("faces",faces.length);
const persons=Array.from({length:24},()=>world.person());
const h0=N+10;
let h=h0;
for(let i=0;i<24;i++) laptop.held; 
const evs:any[]=[];
for(let i=0;i<F;i++){ const f=faces[Math.floor(rnd()*faces.length)]; const r=recs.find((x)=>f.startsWith(x.photo)); const idx=r.faces.findIndex((_:any,j:number)=>faceOf(r,j)===f); const v=r.faces[idx].vector; let id=0; for(let j=0;j<24;j++) if(v[j]>100) id=j;
 evs.push({what:"assign",facts:[encodeFact({kind:"assign",faces:[f],person:persons[id]})],height:h++});}
for(let i=0;i<24;i++) evs.push({what:"name",facts:[encodeFact({kind:"name",person:persons[i],text:"P"+i})],height:h++});
for(let i=0;i<20;i++) evs.push({what:"album",facts:[encodeFact({kind:"albumName",album:world.album(),text:"A"+i})],height:h++});
const w=(laptop as any).write;
// each its own record, cheaply: project not called per write as heights given? it is; batch 
for(let i=0;i<evs.length;i+=50) w(...evs.slice(i,i+50));
const records=[...laptop.held.values()];
console.log("records",records.length);
let clusterTime=0;
import { projectLibrary } from "/work/main/core/projection/project.ts";
import { clusterFaces } from "/work/main/models/cluster/cluster.ts";
const run=(recs:any,cl:any)=>{const t=performance.now();const p=projectLibrary({records:recs,isVoid:()=>false,seniority:()=>0,indexRecords:world.indexRecords,cluster:cl,today:null});return [performance.now()-t,p] as const};
const timed=(i:any)=>{const t=performance.now();const c=clusterFaces(i);clusterTime=performance.now()-t;return c};
let cached:any=null; const memo=(i:any)=>cached??=clusterFaces(i);
const fresh=records.map((r)=>structuredClone(r));
console.log("cold with clustering",run(fresh,timed)[0].toFixed(0),"of which clustering",clusterTime.toFixed(0));
console.log("warm with clustering",run(fresh,timed)[0].toFixed(0),"of which clustering",clusterTime.toFixed(0));
run(fresh,memo);
for(let i=0;i<4;i++){const [t,p]=run(fresh,memo);console.log("warm, clusters given",t.toFixed(0),p.view.people.length,p.view.clusters.length)}
const [,p]=run(fresh,memo);
const t=performance.now(); const e=planEdit({kind:"createAlbum",album:world.album(),name:"x",rule:'person:"P1" and not person:"P2"'},p); console.log("plan",(performance.now()-t).toFixed(1),e.ok);
